//! What operator and sidecar say to each other: the lines of the state stream, and the reports back.
//!
//! `GET /v1/state` answers with JSON lines, each a [`Message`]; the latest of a kind is all that counts, so a reader may
//! skip. `POST /v1/report` takes a [`Report`], `POST /v1/usage` rows of the ledger. Unknown members are ignored on both sides, and a message of a kind that
//! the reader does not know is passed over: months-old sidecars go on reading.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::alert::{Dimension, Metric};
use tollgate_fingerprint::{Group, Sketch};

/// The path of the state stream.
pub const STATE_PATH: &str = "/v1/state";
/// The path that reports go to.
pub const REPORT_PATH: &str = "/v1/report";
/// The path that shares of budgets are asked for at: [`GrantsAsked`](crate::grant::GrantsAsked).
pub const GRANTS_PATH: &str = "/v1/grants";
/// The path that rows go to which cannot go into the database: a JSON array of them, taken once the answer is 200.
pub const USAGE_PATH: &str = "/v1/usage";
/// The audience of the ServiceAccount token that a sidecar shows.
pub const AUDIENCE: &str = "tollgate";
/// Between two heartbeats, in milliseconds. A reader that hears nothing for three of them connects anew.
pub const HEARTBEAT_MILLIS: u64 = 2_000;
/// The ConfigMap that the operator keeps in each labelled namespace, for pods that start while no operator answers.
pub const CONFIG_MAP: &str = "tollgate-state";
/// The ConfigMap's key for a [`NamespaceState`] as JSON.
pub const CONFIG_MAP_STATE: &str = "state.json";
/// The ConfigMap's key for the certificates (PEM) that the operator's own is signed with.
pub const CONFIG_MAP_CA: &str = "ca.crt";

/// The ConfigMap, in the operator's own namespace, of the admin's prices.
pub const PRICES_CONFIG_MAP: &str = "tollgate-prices";
/// The ConfigMap beside it in which the operator keeps the prices that hold, and says what is to be said of them.
pub const PRICES_IN_FORCE_CONFIG_MAP: &str = "tollgate-prices-in-force";
/// Its key for the price file.
pub const PRICES_KEY: &str = "prices.yaml";

/// A line of the state stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Message {
    /// All flags that hold in the pod's namespace. Encoded once, and the same bytes for every pod of the namespace.
    State(NamespaceState),
    /// Prices of the installation's admin. The same bytes for every pod; nothing is said before they are known.
    Prices(AdminPrices),
    /// Where this pod's rows go. First line of a stream, and again before the token expires.
    Ledger(LedgerAccess),
    /// Groups of calls whose feature nobody names. The same bytes for every pod of the namespace.
    Fingerprints(Fingerprints),
    /// The stream lives.
    Heartbeat(Heartbeat),
    /// Of a newer operator.
    #[serde(other)]
    Unknown,
}

/// What the admin says over the prices that are compiled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdminPrices {
    /// A price file, whole and found good by the operator's own reader. None: the admin has none, the built-in prices
    /// hold as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What holds in one namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamespaceState {
    pub namespace: String,
    /// For each kind of object: the highest resourceVersion that the operator's watch has seen, of any namespace. A
    /// decimal number of any length. A state that is older in any kind comes from a replica that lags.
    pub versions: BTreeMap<String, String>,
    /// When the operator's watch learned of the newest change in it: Unix time in milliseconds, by the operator's clock.
    pub changed_at: u64,
    /// FeatureFlags of the namespace and the ClusterFeatureFlags whose selector selects it.
    pub flags: Vec<StateFlag>,
    #[serde(default)]
    pub attribution: Attribution,
    /// Limits that stop calls once they are spent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<StateBudget>,
}

/// An alert whose threshold disables: its calls are paid from a share of it (`POST /v1/grants`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StateBudget {
    /// The alert's uid.
    pub uid: String,
    /// Like `UsageAlert shop/daily`, for people.
    pub alert: String,
    /// Counts changes of the alert's spec.
    pub generation: i64,
    /// Which calls it is about: all of these must match; an empty list is no condition. Texts may hold `*`.
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub users: Vec<String>,
    #[serde(default)]
    pub providers: Vec<String>,
    #[serde(default)]
    pub models: Vec<String>,
    /// Each group has the limit for itself. In their own order, none twice.
    #[serde(default)]
    pub group_by: Vec<Dimension>,
    pub metric: Metric,
    /// In whole units of the metric: pico-USD, tokens, calls, errors.
    pub limit: u64,
    /// A call that gets no answer about its share is refused.
    #[serde(default)]
    pub deny_unknown: bool,
    /// There is no number to reach: calls pass but while something that the alert foresees, or finds unusual, holds.
    #[serde(default)]
    pub stops: bool,
}

/// A flag that holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StateFlag {
    /// None for a ClusterFeatureFlag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    pub name: String,
    pub uid: String,
    pub resource_version: String,
    /// The feature it is for.
    pub feature: String,
    /// Whether its calls pass.
    pub enabled: bool,
    /// The whole spec. A sidecar that is too old to read all of it holds `feature` and `enabled`.
    pub spec: Value,
}

/// How calls are attributed, where the installation says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribution {
    /// Whether W3C baggage may name feature and user.
    pub baggage: bool,
    /// Whether user ids stand in the ledger as a keyed hash.
    pub hashed_users: bool,
}

/// Where the rows of one pod go, and with which right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerAccess {
    /// A Postgres URL with the login that all sidecars share. None: this installation has no database yet, or its pods
    /// are not to reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgres: Option<String>,
    /// Certificates (PEM) that the database's own is signed with, where public ones do not do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgres_ca: Option<String>,
    /// Opens the database's door for this pod. Empty: the operator's database gives it no key to sign one with at the moment, so
    /// what was told of the database before stays.
    pub token: String,
    /// When the token expires: Unix time in seconds.
    pub expires_at: i64,
    /// The key that API keys (and user ids, where so told) are hashed with: 32 bytes in hex, the same in the whole installation.
    pub account_key: String,
    /// Whether `POST /v1/usage` takes rows: what Postgres does not take, or all of them where `postgres` is none.
    #[serde(default)]
    pub usage: bool,
}

/// What is known of the calls of one namespace that name no feature: keyed hashes, and never a word of what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fingerprints {
    /// In the order in which they were found: a call is of the first that it matches. Their ids are hashes of what they
    /// are, with the key that is made of [`LedgerAccess::account_key`].
    pub groups: Vec<Group>,
}

/// Says that the stream lives, and how fresh the operator's own knowledge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Heartbeat {
    /// The operator's clock: Unix time in milliseconds.
    pub time: u64,
    /// Milliseconds since the operator last knew its watch to be complete.
    pub watch_age: u64,
}

/// What a sidecar tells, each second and once more at its end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Of the state that its gate holds: [`NamespaceState::versions`]. Empty: none is known.
    #[serde(default)]
    pub versions: BTreeMap<String, String>,
    /// The release of the sidecar.
    #[serde(default)]
    pub release: String,
    /// Calls in flight.
    #[serde(default)]
    pub open_calls: u64,
    /// What is known of each of them, should the pod vanish now; as many as fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<OpenCall>,
    /// Rows (JSON, each a text) that neither database nor operator has acknowledged yet; as many as fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<String>,
    /// Records that wait for the ledger.
    #[serde(default)]
    pub spool_records: u64,
    /// By feature: what was spent since the sidecar's start.
    #[serde(default)]
    pub spend: BTreeMap<String, Spend>,
    /// Models that its price book does not have, called in the last day; as many as fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unpriced: Vec<UnpricedModel>,
    /// Calls that name no feature and are of no group that the sidecar knows; as many as fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sketches: Vec<Sketch>,
    /// The sidecar is about to end.
    #[serde(default)]
    pub closing: bool,
}

/// A call that has begun: as much as a row needs, should its pod not live to write it. Never a word of what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenCall {
    pub id: String,
    pub provider: String,
    pub host: String,
    pub endpoint: String,
    pub feature: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(default)]
    pub streamed: bool,
    /// Counts of the prompt's text, in the meter's order.
    #[serde(default)]
    pub prompt: [u64; 7],
    /// Tokens that completed calls of the model had: of prompts and of outputs, as the provider counted them and as
    /// they would have been estimated. None: no such call is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<[u64; 4]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The same of the answer, as far as it has come.
    #[serde(default)]
    pub delivered: [u64; 7],
}

/// A model whose calls have tokens and no cost, because no price book has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnpricedModel {
    pub feature: String,
    pub provider: String,
    pub model: String,
    /// A model of the book that has a similar name; for whoever reads it, never for a bill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looks_like: Option<String>,
}

/// What one feature used since the sidecar's start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Spend {
    pub calls: u64,
    pub refused: u64,
    pub tokens: u64,
    /// USD, an exact decimal.
    pub cost: String,
}

/// The operator's answer to a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportAnswer {}

// === impl StateBudget ===

impl StateBudget {
    /// A group's name, as sidecar, judge and the ledger's reader have it: a JSON list of its values. Empty without groups.
    pub fn group<'a>(&self, value: impl Fn(Dimension) -> Option<&'a str>) -> String {
        let values: Vec<_> = self.group_by.iter().map(|dimension| value(*dimension)).collect();
        if values.is_empty() { String::new() } else { serde_json::to_string(&values).unwrap_or_default() }
    }

    /// What [`StateBudget::group`] was made of; None where it is none of this budget's.
    pub fn values(&self, group: &str) -> Option<Vec<(Dimension, Option<String>)>> {
        if self.group_by.is_empty() {
            return group.is_empty().then(Vec::new);
        }
        let values: Vec<Option<String>> = serde_json::from_str(group).ok()?;
        let fits = values.len() == self.group_by.len();
        fits.then(|| self.group_by.iter().copied().zip(values).collect())
    }
}

// === impl Attribution ===

impl Default for Attribution {
    fn default() -> Self {
        Self { baggage: true, hashed_users: false }
    }
}

// === impl LedgerAccess ===

impl std::fmt::Debug for LedgerAccess {
    /// Never with what opens a door.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { postgres, postgres_ca: _, token: _, expires_at, account_key: _, usage } = self;
        formatter
            .debug_struct("LedgerAccess")
            .field("postgres", &postgres.is_some())
            .field("expires_at", expires_at)
            .field("usage", usage)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_a_newer_operator_is_passed_over() {
        let message: Message = serde_json::from_str(r#"{"type":"grants","epoch":7}"#).unwrap();
        assert_eq!(message, Message::Unknown);
    }

    #[test]
    fn members_of_a_newer_operator_are_ignored() {
        let message: Message =
            serde_json::from_str(r#"{"type":"heartbeat","time":5,"watchAge":1,"moon":"full"}"#).unwrap();
        assert_eq!(message, Message::Heartbeat(Heartbeat { time: 5, watch_age: 1 }));
    }

    #[test]
    fn a_groups_name_says_what_it_was_made_of() {
        let budget = StateBudget {
            uid: "u".to_owned(),
            alert: "UsageAlert shop/daily".to_owned(),
            generation: 1,
            features: Vec::new(),
            users: Vec::new(),
            providers: Vec::new(),
            models: Vec::new(),
            group_by: vec![Dimension::Feature, Dimension::User],
            metric: Metric::Cost,
            limit: 1,
            deny_unknown: false,
            stops: false,
        };
        let group = budget.group(|dimension| (dimension == Dimension::Feature).then_some("say \"hi\""));
        let values = [(Dimension::Feature, Some("say \"hi\"".to_owned())), (Dimension::User, None)];
        assert_eq!(budget.values(&group).as_deref(), Some(&values[..]));
        assert_eq!(budget.values("[null]"), None);
        assert_eq!(budget.values(""), None);
        let alone = StateBudget { group_by: Vec::new(), ..budget };
        assert_eq!(
            (alone.group(|_| None), alone.values(""), alone.values("[]")),
            (String::new(), Some(Vec::new()), None)
        );
    }

    #[test]
    fn what_opens_the_ledger_is_never_shown() {
        let access = LedgerAccess {
            postgres: Some("postgres://u:secret@db/tollgate".to_owned()),
            postgres_ca: None,
            token: "tg1.secret".to_owned(),
            expires_at: 0,
            account_key: "5ec2e7".to_owned(),
            usage: true,
        };
        let shown = format!("{access:?}");
        assert!(!shown.contains("secret") && !shown.contains("5ec2e7"), "{shown}");
    }
}
