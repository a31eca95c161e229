//! What features did in the last 24 hours, as the database knows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::watch, time::sleep};
use tollgate_crds::flag::{LastDay, Mode, PreviewCount};
use tollgate_meter::Cost;

use crate::{
    context::Context,
    database::{self, Database, Totals},
    index::{Flag, FlagKey},
};

/// None before the database has answered once.
pub(super) type Days = Option<Arc<LastDays>>;

/// What is known of the last 24 hours.
#[derive(Debug, Default)]
pub(super) struct LastDays {
    /// By namespace and feature.
    totals: BTreeMap<(String, String), Totals>,
    /// By flag, as the ledger names it: what those in preview would have refused.
    would_refuse: BTreeMap<String, u64>,
}

/// As often as they could be written into a status.
const LOOK: Duration = Duration::from_secs(60);

/// Asks again and again, for as long as it is let. While the database is away the last answer stays.
pub(super) async fn ask(context: &Context, days: watch::Sender<Days>) {
    let Some(database) = &context.database else { return std::future::pending().await };
    let mut failing = false;
    loop {
        let on_trial: BTreeSet<String> = context.index.read(|index| {
            let is_on_trial =
                |flag: &&Flag| flag.accepted.as_ref().is_ok_and(|accepted| accepted.mode == Mode::Preview);
            index.flags().filter(is_on_trial).map(|flag| flag.feature().to_owned()).collect()
        });
        match last_days(database, &context.settings.cluster, on_trial).await {
            Ok(known) => {
                failing = false;
                days.send_replace(Some(Arc::new(known)));
            }
            Err(error) if !failing => {
                failing = true;
                tracing::warn!(%error, "the flags' last 24 hours could not be read; their status keeps what it says");
            }
            Err(_) => {}
        }
        sleep(LOOK).await;
    }
}

async fn last_days(
    database: &Database,
    cluster: &str,
    on_trial: BTreeSet<String>,
) -> Result<LastDays, sqlx::Error> {
    let totals = database::last_day(database.pool(), cluster).await?;
    let would_refuse = match on_trial.is_empty() {
        true => BTreeMap::new(),
        false => database::would_refuse(database.pool(), cluster, &Vec::from_iter(on_trial)).await?,
    };
    Ok(LastDays { totals, would_refuse })
}

/// What a flag in preview would have refused. None where that is not known.
pub(super) fn would_reject(days: &Days, key: &FlagKey) -> Option<PreviewCount> {
    let name = match &key.namespace {
        Some(namespace) => format!("FeatureFlag {namespace}/{}", key.name),
        None => format!("ClusterFeatureFlag {}", key.name),
    };
    let count = days.as_ref()?.would_refuse.get(&name).copied().unwrap_or_default();
    Some(PreviewCount { would_reject: i64::try_from(count).unwrap_or(i64::MAX) })
}

/// What the feature did in these namespaces, together. None where that is not known.
pub(super) fn of<'a>(
    days: &Days,
    feature: &str,
    namespaces: impl Iterator<Item = &'a str>,
) -> Option<LastDay> {
    let days = days.as_ref()?;
    let (mut calls, mut tokens, mut picos) = (0_u64, 0_u64, 0_u128);
    for namespace in namespaces {
        let Some(totals) = days.totals.get(&(namespace.to_owned(), feature.to_owned())) else { continue };
        calls = calls.saturating_add(totals.calls);
        tokens = tokens.saturating_add(totals.tokens);
        picos = picos.saturating_add(totals.cost.parse::<Cost>().ok()?.picos());
    }
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Some(LastDay { calls: count(calls), tokens: count(tokens), cost: Cost::from_picos(picos).to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(rows: &[(&str, &str, u64, &str)]) -> Days {
        let row = |(namespace, feature, calls, cost): &(&str, &str, u64, &str)| {
            let totals =
                Totals { calls: *calls, tokens: 10 * calls, cost: (*cost).to_owned(), unpriced_calls: 0 };
            (((*namespace).to_owned(), (*feature).to_owned()), totals)
        };
        Some(Arc::new(LastDays { totals: rows.iter().map(row).collect(), ..LastDays::default() }))
    }

    #[test]
    fn what_a_feature_did_in_several_namespaces_is_added_exactly() {
        let days = days(&[
            ("shop", "chat", 1, "0.1"),
            ("lab", "chat", 2, "0.000000000002"),
            ("shop", "search", 4, "7"),
            ("other", "chat", 8, "9"),
        ]);
        assert_eq!(
            of(&days, "chat", ["shop", "lab"].into_iter()),
            Some(LastDay { calls: 3, tokens: 30, cost: "0.100000000002".to_owned() })
        );
    }

    #[test]
    fn a_feature_without_a_call_has_zeros_and_what_is_not_known_is_not_zero() {
        let zero = LastDay { calls: 0, tokens: 0, cost: "0".to_owned() };
        assert_eq!(of(&days(&[]), "chat", ["shop"].into_iter()), Some(zero));
        assert_eq!(of(&None, "chat", ["shop"].into_iter()), None);
    }
}
