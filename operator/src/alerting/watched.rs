//! An alert that is evaluated: its engine, what was said of it, and what is new.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use sqlx::PgPool;
use tollgate_alerts::{
    amount::Amount,
    engine::{Change, Engine, Key, MOST_GROUPS},
    plan::{Dimension, Rule},
    spec::{Metric, ThresholdSpec, UsageAlertSpec},
    traffic::Row,
    window::Minute,
};
use tollgate_crds::alert::{Action, AlertState};

use super::{
    events::{self, Event, Said, asks},
    figures::Figures,
    minutes::Apart,
    receivers,
    recent::Changed,
};
use crate::{budgets::window, index::Alert};

/// One alert.
pub struct Watched {
    pub alert: Arc<Alert>,
    pub spec: Arc<UsageAlertSpec>,
    pub engine: Engine,
    /// The namespaces whose calls count; None: all.
    pub(super) seen: Option<BTreeSet<String>>,
    /// What was said and is not over, by threshold (as it is written) and group.
    pub said: BTreeMap<(String, Key), Said>,
    /// As of the last minute.
    pub figures: Figures,
}

/// What the rows must tell apart for all of them.
pub(super) fn apart<'a>(watched: impl Iterator<Item = &'a Watched>) -> Apart {
    watched.fold(Apart::default(), |apart, watched| {
        let scope = watched.spec.scope();
        let by = |dimension| watched.spec.group_by.contains(&dimension);
        Apart {
            users: apart.users || by(Dimension::User) || !scope.users.is_empty(),
            models: apart.models || by(Dimension::Model) || !scope.models.is_empty(),
        }
    })
}

// === impl Watched ===

impl Watched {
    /// A row of the minute that is open.
    pub(super) fn take(&mut self, row: &Row) {
        if self.sees(row) {
            self.engine.add(row);
        }
    }

    /// The hours of one kind of call, before one minute.
    pub(super) fn seed(&mut self, hours: &[Row], until: Minute) {
        if hours.first().is_some_and(|first| self.sees(first)) {
            self.engine.seed(hours, until);
        }
    }

    /// A row of a minute that was judged is other than it was.
    pub(super) fn correct(&mut self, Changed { was, is }: &Changed) {
        if was.as_ref().or(is.as_ref()).is_some_and(|row| self.sees(row)) {
            self.engine.correct(was.as_ref(), is.as_ref());
        }
    }

    fn sees(&self, row: &Row) -> bool {
        let seen = |namespaces: &BTreeSet<String>| {
            row.namespace.as_ref().is_some_and(|namespace| namespaces.contains(namespace))
        };
        self.seen.as_ref().is_none_or(seen)
    }

    /// Whether hours are not enough for it to know its past.
    pub(super) fn needs_minutes(&self) -> bool {
        let plan = self.engine.plan();
        plan.asks_for_anomalies() || !plan.scope.users.is_empty() || plan.group_by.contains(&Dimension::User)
    }

    /// What was said of it, by whoever led.
    pub(super) fn was_said(&mut self, said: BTreeMap<(String, Key), Said>) {
        let thresholds: Vec<String> = self.spec.thresholds.iter().map(asks).collect();
        for (threshold, key) in said.keys() {
            if let Some(at) = thresholds.iter().position(|known| known == threshold) {
                self.engine.was_firing(key, at);
            }
        }
        self.said = said;
    }

    /// Somebody was to be told, and whether that was done is not known yet.
    pub(super) fn is_untold(&self) -> bool {
        !self.spec.receivers.is_empty() && self.said.values().any(|said| said.notified_at.is_none())
    }

    pub(super) fn figures(&self) -> Figures {
        let metric = self.spec.limit.as_ref().map(|limit| limit.metric).or(self.spec.thresholds[0].metric);
        let firing = self.said.keys().map(|(_, group)| group).collect();
        Figures::of(&self.engine, metric.unwrap_or(Metric::Cost), &firing)
    }

    /// The namespaces whose calls count; None: all of the cluster.
    pub fn namespaces(&self) -> Option<Vec<String>> {
        match (&self.alert.key.namespace, &self.seen) {
            (Some(own), _) => Some(vec![own.clone()]),
            (None, Some(selected)) => Some(selected.iter().cloned().collect()),
            (None, None) => None,
        }
    }

    /// Whether there were more groups than are told apart.
    pub fn is_beyond(&self) -> Option<String> {
        (self.engine.beyond > 0).then(|| {
            format!(
                "{MOST_GROUPS} groups are told apart; the calls of further ones are not counted. Group by something coarser, \
                 or narrow spec.scope"
            )
        })
    }

    /// At a glance.
    pub(super) fn state(&self, now: Timestamp) -> AlertState {
        let thresholds: Vec<String> = self.spec.thresholds.iter().map(asks).collect();
        let stops = |((asked, _), said): (&(String, Key), &Said)| {
            let at = thresholds.iter().position(|known| known == asked);
            at.map(|at| &self.spec.thresholds[at]).is_some_and(|threshold| {
                threshold.action() == Action::Disable && !is_resumed(&self.alert, threshold, said.since, now)
            })
        };
        match (self.said.is_empty(), self.said.iter().any(stops)) {
            (true, _) => AlertState::OK,
            (false, true) => AlertState::Disabled,
            (false, false) => AlertState::Firing,
        }
    }

    /// Keeps what holds and was not said, and what was said and is over.
    pub(super) async fn say(
        &mut self,
        pool: &PgPool,
        cluster: &str,
        until: Minute,
        changes: &[Change],
    ) -> Result<usize, sqlx::Error> {
        let thresholds: Vec<String> = self.spec.thresholds.iter().map(asks).collect();
        let mut holds: BTreeMap<(String, Key), usize> = BTreeMap::new();
        for (index, threshold) in thresholds.iter().enumerate() {
            for key in self.engine.firing(index) {
                holds.entry((threshold.clone(), key.clone())).or_insert(index);
            }
        }
        let mut news = Vec::new();
        for ((threshold, key), index) in &holds {
            if !self.said.contains_key(&(threshold.clone(), key.clone())) {
                let change = changes.iter().find(|change| change.index == *index && change.group == *key);
                news.push(self.event(threshold, key, Some(*index), true, until, change));
            }
        }
        for (threshold, key) in self.said.keys().filter(|said| !holds.contains_key(said)) {
            let index = thresholds.iter().position(|known| known == threshold);
            news.push(self.event(threshold, key, index, false, until, None));
        }
        if news.is_empty() {
            return Ok(0);
        }
        let receivers: Vec<String> = self.spec.receivers.iter().map(receivers::identity).collect();
        let count = events::keep(pool, cluster, &self.alert, &news, &receivers).await?;
        let uids = [self.alert.uid.clone()];
        self.said = events::said(pool, cluster, &uids).await?.remove(&uids[0]).unwrap_or_default();
        Ok(count)
    }

    fn event(
        &self,
        threshold: &str,
        key: &Key,
        index: Option<usize>,
        firing: bool,
        until: Minute,
        change: Option<&Change>,
    ) -> Event {
        let plan = self.engine.plan();
        let written = index.and_then(|index| self.spec.thresholds.get(index));
        let planned = index.and_then(|index| plan.thresholds.get(index));
        let metric = planned.map_or(Metric::Cost, |threshold| threshold.metric);
        let value = self.engine.values(metric).find(|(known, _)| *known == key);
        let forecast = self.engine.forecast(key, metric);
        let about = |end: f64| format!("{end:.6}");
        let (from, to) = plan.window.bounds(until - 1);
        let said = self.said.get(&(threshold.to_owned(), key.clone()));
        Event {
            id: 0,
            threshold: threshold.to_owned(),
            group: key.clone(),
            seq: said.map_or(0, |said| said.seq) + 1,
            firing,
            at: time(until),
            window: (time(from), time(to)),
            metric: metric.name().to_owned(),
            value: value.map_or(Amount::default(), |(_, value)| value).to_string(),
            threshold_value: match planned.map(|threshold| &threshold.rule) {
                Some(Rule::Reached(amount) | Rule::WillReach(amount)) => Some(amount.to_string()),
                Some(Rule::Anomaly { .. }) => change.map(|change| format!("{:.6}", change.threshold)),
                None => None,
            },
            projected: forecast.map(|forecast| about(forecast.value)),
            projected_range: forecast
                .and_then(|forecast| forecast.range)
                .map(|(low, high)| (about(low), about(high))),
            severity: written.map_or("Warning", |threshold| threshold.severity().name()).to_owned(),
            silent: written.is_none(),
        }
    }
}

fn time(minute: Minute) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX)
}

/// Whether calls pass all the same, for somebody said so: of a limit in this window, of what is foreseen or unusual since it was found.
fn is_resumed(alert: &Alert, threshold: &ThresholdSpec, since: Timestamp, now: Timestamp) -> bool {
    let Some((resumed, window)) = alert.resumed_at().zip(alert.window()) else { return false };
    match threshold.projected == Some(true) || threshold.anomaly.is_some() {
        true => resumed >= since,
        false => window::at(window, now).is_of(resumed),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tollgate_crds::API_VERSION;

    use super::*;
    use crate::index::Kind;

    #[test]
    fn what_was_resumed_refuses_nothing_for_as_long_as_its_window_is() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let alert = |resumed: &str| {
            let object = json!({
                "apiVersion": API_VERSION, "kind": "UsageAlert",
                "metadata": {
                    "name": "daily", "namespace": "shop", "uid": "uid-1", "annotations": {"tollgate.dev/resume": resumed},
                },
                "spec": {
                    "window": {"calendar": "Day"}, "limit": {"metric": "Calls", "amount": "10"},
                    "thresholds": [{"above": "100%", "action": "Disable"}],
                },
            });
            Alert::read(Kind::UsageAlert, serde_json::from_value(object).unwrap())
        };
        let limit: ThresholdSpec =
            serde_json::from_value(json!({"above": "100%", "action": "Disable"})).unwrap();
        let foreseen: ThresholdSpec =
            serde_json::from_value(json!({"above": "100%", "projected": true, "action": "Disable"})).unwrap();
        let (since, now) = (at("2026-11-30T09:00:00Z"), at("2026-11-30T12:00:00Z"));
        let resumed = |resumed: &str| {
            [&limit, &foreseen].map(|threshold| is_resumed(&alert(resumed), threshold, since, now))
        };
        assert_eq!(resumed("2026-11-30T10:00:00Z"), [true, true]);
        assert_eq!(resumed("2026-11-30T08:00:00Z"), [true, false], "it was found later");
        assert_eq!(resumed("2026-11-29T23:59:00Z"), [false, false], "that was yesterday");
    }
}
