//! What each feature used, for the operator: whole numbers and exact decimals, out of the counters that are there.

use std::collections::BTreeMap;

use tollgate_crds::stream::Spend;
use tollgate_meter::{Cost, Outcome};

use super::CallMetrics;

#[derive(Default)]
struct Sums {
    calls: u64,
    refused: u64,
    tokens: u64,
    cost_pico_usd: u128,
}

// === impl CallMetrics ===

impl CallMetrics {
    /// By feature, of those that have their own label; all others together are `other`. Features without a call are
    /// left out.
    pub(in crate::metrics) fn spend(&self) -> BTreeMap<String, Spend> {
        let mut features = BTreeMap::<String, Sums>::new();
        for (key, series) in self.totals() {
            if series.calls == 0 {
                continue;
            }
            let sums = features.entry(key.feature.to_string()).or_default();
            sums.calls += series.calls;
            if key.outcome == Outcome::Refused {
                sums.refused += series.calls;
            }
            sums.tokens += series.input_tokens.sum() + series.output_tokens.sum();
            sums.cost_pico_usd += u128::from(series.cost_pico_usd);
        }
        features.into_iter().map(|(feature, sums)| (feature, sums.into())).collect()
    }
}

// === impl Spend ===

impl From<Sums> for Spend {
    fn from(sums: Sums) -> Self {
        let Sums { calls, refused, tokens, cost_pico_usd } = sums;
        Self { calls, refused, tokens, cost: Cost::from_picos(cost_pico_usd).to_string() }
    }
}
