//! Calls for which neither disk nor memory has room as records of their own: their counts and costs are added up, exactly, by
//! all that a rollup tells apart. What is given up is who called and when within the hour, never how much.

use std::collections::{HashMap, hash_map::Entry};

use tollgate_meter::{Cost, Outcome, Provider, Tokens, Usage, UsageSource};

use crate::{
    call_id::CallId,
    record::{INPUT_SIZES, Metadata, Record},
};

/// What was added up, by what it has in common.
#[derive(Debug, Default)]
pub(super) struct Merged(HashMap<Key, Sum>);

/// Everything by which rollups tell calls apart. Where a record is of another world (a bug), it is merged with its like.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    /// Unix hours.
    hour: i64,
    cluster: Option<Box<str>>,
    namespace: Option<Box<str>>,
    workload: Option<Box<str>>,
    pod: Option<Box<str>>,
    container: Option<Box<str>>,
    feature: Box<str>,
    provider: Provider,
    host: Box<str>,
    model: Option<Box<str>>,
    endpoint: Box<str>,
    outcome: Outcome,
    status: Option<u16>,
    streamed: bool,
    usage_source: UsageSource,
    account: Option<Box<str>>,
    price: Option<Box<str>>,
    served: Option<Box<str>>,
    unpriced: Option<Box<str>>,
    priced: bool,
    /// Prices depend on a call's size: see `usage_hourly.input_above`.
    size: usize,
    /// What is billed once however often it is read keeps its own id.
    own: Option<CallId>,
}

#[derive(Debug)]
struct Sum {
    /// The first call's: the row's own.
    id: CallId,
    calls: u64,
    tokens: Tokens,
    usage: Usage,
    cost: Cost,
}

/// An hour of a busy pod has some dozens.
const MAX_KEYS: usize = 1_000;

// === impl Merged ===

impl Merged {
    /// Adds the record. False where it is unlike too many others.
    pub(super) fn add(&mut self, record: &Record<'_>) -> bool {
        let is_full = self.0.len() >= MAX_KEYS;
        match self.0.entry(Key::of(record)) {
            Entry::Vacant(_) if is_full => false,
            entry => {
                entry.or_insert_with(|| Sum::beginning_with(record.id)).add(record);
                true
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows, which are then no longer here.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Vec<u8>> + use<> {
        std::mem::take(&mut self.0).into_iter().map(|(key, sum)| row(&key, &sum))
    }
}

fn row(key: &Key, sum: &Sum) -> Vec<u8> {
    let mut row = Vec::new();
    let record = Record {
        id: sum.id,
        cluster: key.cluster.as_deref(),
        namespace: key.namespace.as_deref(),
        workload: key.workload.as_deref(),
        pod: key.pod.as_deref(),
        container: key.container.as_deref(),
        feature: &key.feature,
        user_id: None,
        provider: key.provider,
        host: &key.host,
        model: key.model.as_deref(),
        endpoint: &key.endpoint,
        outcome: key.outcome,
        status: key.status,
        streamed: key.streamed,
        tokens: sum.tokens,
        cost: key.priced.then_some(sum.cost),
        usage_source: key.usage_source,
        account: key.account.as_deref(),
        metadata: Metadata {
            price: key.price.as_deref(),
            served: key.served.as_deref(),
            unpriced: key.unpriced.as_deref(),
            merged: (sum.calls > 1).then_some(sum.calls),
            ..Metadata::of(&sum.usage)
        },
    };
    record.render(&mut row);
    row
}

// === impl Key ===

impl Key {
    fn of(record: &Record<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(Box::from);
        Self {
            hour: record.id.created_at().as_second().div_euclid(3_600),
            cluster: owned(record.cluster),
            namespace: owned(record.namespace),
            workload: owned(record.workload),
            pod: owned(record.pod),
            container: owned(record.container),
            feature: record.feature.into(),
            provider: record.provider,
            host: record.host.into(),
            model: owned(record.model),
            endpoint: record.endpoint.into(),
            outcome: record.outcome,
            status: record.status,
            streamed: record.streamed,
            usage_source: record.usage_source,
            account: owned(record.account),
            price: owned(record.metadata.price),
            served: owned(record.metadata.served),
            unpriced: owned(record.metadata.unpriced),
            priced: record.cost.is_some(),
            own: record.id.is_of_answer().then_some(record.id),
            size: INPUT_SIZES.iter().filter(|above| record.tokens.input > u64::from(**above)).count(),
        }
    }
}

// === impl Sum ===

impl Sum {
    /// Of no calls yet.
    fn beginning_with(id: CallId) -> Self {
        let (tokens, usage, cost) = (Tokens::default(), Usage::default(), Cost::ZERO);
        Self { id, calls: 0, tokens, usage, cost }
    }

    fn add(&mut self, record: &Record<'_>) {
        let Tokens { input, output, cached_input, cache_write, reasoning } = record.tokens;
        self.calls += 1;
        self.tokens = Tokens {
            input: self.tokens.input.saturating_add(input),
            output: self.tokens.output.saturating_add(output),
            cached_input: self.tokens.cached_input.saturating_add(cached_input),
            cache_write: self.tokens.cache_write.saturating_add(cache_write),
            reasoning: self.tokens.reasoning.saturating_add(reasoning),
        };
        self.usage = self.usage.plus(record.metadata.usage);
        self.cost = self.cost + record.cost.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};
    use tollgate_meter::UnitKind;

    use super::*;

    fn record<'a>(id: CallId, usage: &'a Usage, model: &'a str) -> Record<'a> {
        Record {
            id,
            cluster: None,
            namespace: Some("shop"),
            workload: Some("web"),
            pod: Some("web-0"),
            container: None,
            feature: "chat",
            user_id: Some("ada"),
            provider: Provider::OpenAi,
            host: "api.openai.com",
            model: Some(model),
            endpoint: "/v1/chat/completions",
            outcome: Outcome::Completed,
            status: Some(200),
            streamed: false,
            tokens: usage.tokens(),
            cost: Some(Cost::from_picos(123_456_789_012)),
            usage_source: UsageSource::Provider,
            account: None,
            metadata: Metadata { request_id: Some("chatcmpl-1"), ..Metadata::of(usage) },
        }
    }

    /// `minute` of some hour.
    fn at(minute: u64) -> CallId {
        CallId::from_bytes([0; 16]).at(1_700_000_000_000 / 3_600_000 * 3_600_000 + minute * 60_000)
    }

    fn rows(merged: &mut Merged) -> Vec<Value> {
        merged.take().map(|row| serde_json::from_slice(&row).unwrap()).collect()
    }

    #[test]
    fn calls_of_one_hour_and_kind_are_one_row_with_their_exact_sum() {
        let usage = Usage::default().with(UnitKind::Input, 7).with(UnitKind::Output, 5);
        let mut merged = Merged::default();
        for minute in 0..60 {
            assert!(merged.add(&record(at(minute), &usage, "gpt-4o")));
        }
        let rows = rows(&mut merged);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["cost_usd"], "7.40740734072");
        assert_eq!(rows[0]["tokens_used"], 720);
        assert_eq!(rows[0]["user_id"], Value::Null);
        assert_eq!(rows[0]["metadata"], json!({"usage": {"input": 420, "output": 300}, "merged": 60}));
        assert!(merged.is_empty());
    }

    #[test]
    fn what_a_rollup_tells_apart_stays_apart() {
        let (small, large) = (Usage::default(), Usage::default().with(UnitKind::Input, 300_000));
        let mut merged = Merged::default();
        merged.add(&record(at(0), &small, "gpt-4o"));
        merged.add(&record(at(60), &small, "gpt-4o"));
        merged.add(&record(at(0), &small, "gpt-4o-mini"));
        merged.add(&record(at(0), &large, "gpt-4o"));
        assert_eq!(merged.take().count(), 4);
    }

    #[test]
    fn what_is_billed_once_keeps_its_own_id() {
        let usage = Usage::default();
        let made = Timestamp::from_second(1_700_000_000).unwrap();
        let answer = |id| CallId::of_answer(Provider::OpenAi, id, made);
        let mut merged = Merged::default();
        merged.add(&record(answer("resp_1"), &usage, "gpt-4o"));
        merged.add(&record(answer("resp_2"), &usage, "gpt-4o"));
        let ids: Vec<_> = rows(&mut merged).iter().map(|row| row["id"].clone()).collect();
        assert_eq!(ids.len(), 2);
        assert!(ids.contains(&json!(answer("resp_1").to_string())));
    }

    #[test]
    fn there_is_an_end_to_what_can_be_told_apart() {
        let usage = Usage::default();
        let mut merged = Merged::default();
        let models: Vec<String> = (0..=MAX_KEYS).map(|number| format!("model-{number}")).collect();
        let taken = models.iter().filter(|model| merged.add(&record(at(0), &usage, model))).count();
        assert_eq!(taken, MAX_KEYS);
        assert!(merged.add(&record(at(1), &usage, "model-0")), "its like is there");
    }
}
