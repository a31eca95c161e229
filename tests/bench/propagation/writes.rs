//! What was written to the apiserver, by its own metrics.

use std::{collections::BTreeMap, fmt};

use anyhow::Result;
use tollgate_tests::harness::metrics::Samples;

use super::scene::Scene;

/// Write requests by what they were about, like `PATCH featureflags/status`. Dry runs and reviews are among them.
#[derive(Clone, Default)]
pub(super) struct Writes(BTreeMap<String, u64>);

const WRITING: [&str; 6] = ["POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION"];

// === impl Writes ===

impl Writes {
    pub(super) async fn so_far(scene: &Scene) -> Result<Writes> {
        let request = http::Request::get("/metrics").body(Vec::new())?;
        let samples = Samples::parse(&scene.client().request_text(request).await?);
        let mut writes = BTreeMap::new();
        for sample in samples.named("apiserver_request_total") {
            let label = |name| sample.label(name).unwrap_or_default();
            if !WRITING.contains(&label("verb")) {
                continue;
            }
            let what = match label("subresource") {
                "" => format!("{} {}", label("verb"), label("resource")),
                part => format!("{} {}/{part}", label("verb"), label("resource")),
            };
            *writes.entry(what).or_default() += sample.value.parse::<u64>()?;
        }
        Ok(Writes(writes))
    }

    /// Those that came since.
    pub(super) fn since(mut self, before: &Writes) -> Writes {
        for (what, count) in &mut self.0 {
            *count -= before.0.get(what).copied().unwrap_or(0).min(*count);
        }
        self.0.retain(|_, count| *count > 0);
        self
    }

    /// Without so many of one kind: those that were ours.
    pub(super) fn without(&self, what: &str, ours: usize) -> Writes {
        let mut others = self.clone();
        if let Some(count) = others.0.get_mut(what) {
            *count = count.saturating_sub(u64::try_from(ours).unwrap_or(u64::MAX));
        }
        others.0.retain(|_, count| *count > 0);
        others
    }

    pub(super) fn sum(&self) -> u64 {
        self.0.values().sum()
    }
}

impl fmt::Display for Writes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.0.iter().map(|(what, count)| format!("{count} {what}")).collect();
        if all.is_empty() { formatter.write_str("none") } else { formatter.write_str(&all.join(", ")) }
    }
}
