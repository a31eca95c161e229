use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use tollgate_meter::UnitKind;

use super::*;
use crate::call_id::CallIds;

fn id() -> CallId {
    CallId::parse(b"01932f3a-5b28-7abc-8def-0123456789ab").unwrap()
}

fn record(usage: &Usage) -> Record<'_> {
    Record {
        id: id(),
        cluster: None,
        namespace: Some("shop"),
        workload: Some("web"),
        pod: Some("web-0"),
        container: None,
        feature: "chat",
        user_id: Some("ada"),
        provider: Provider::OpenAi,
        host: "api.openai.com",
        model: Some("gpt-4o"),
        endpoint: "/v1/chat/completions",
        outcome: Outcome::Completed,
        status: Some(200),
        streamed: true,
        tokens: usage.tokens(),
        cost: Some(Cost::from_picos(70_591_750_000)),
        usage_source: UsageSource::Provider,
        account: None,
        metadata: Metadata::of(usage),
    }
}

fn rendered(record: &Record<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    record.render(&mut out);
    out
}

#[test]
fn a_row_has_every_column_and_null_where_there_is_nothing() {
    let usage = Usage::default().with(UnitKind::Input, 10).with(UnitKind::OutputReasoning, 5);
    let value: Value = serde_json::from_slice(&rendered(&record(&usage))).unwrap();
    assert_eq!(
        value,
        json!({
            "id": "01932f3a-5b28-7abc-8def-0123456789ab", "created_at": "2024-11-15T09:49:33.864Z",
            "cluster": null, "namespace": "shop", "workload": "web", "pod": "web-0", "container": null,
            "feature": "chat", "user_id": "ada", "provider": "openai", "host": "api.openai.com", "model": "gpt-4o",
            "endpoint": "/v1/chat/completions", "outcome": "completed", "status": 200, "streamed": true,
            "tokens_used": 15, "input_tokens": 10, "output_tokens": 5, "cached_input_tokens": 0,
            "cache_write_tokens": 0, "reasoning_tokens": 5, "cost_usd": "0.07059175", "usage_source": "provider",
            "account": null, "metadata": {"usage": {"input": 10, "output_reasoning": 5}},
        })
    );
}

#[test]
fn metadata_has_what_is_known() {
    let usage = Usage::default();
    let mut record = record(&usage);
    let unknown_fields = ["hologram_tokens".into(), "prompt_tokens_details.smell".into()];
    record.metadata = Metadata {
        price: Some("2026-11-01"),
        served: Some("flex"),
        unpriced: Some("model not in the price book"),
        request_id: Some("chatcmpl-1"),
        model_requested: Some("gpt-4o"),
        timings: Some(Timings { first_byte_us: Some(10), total_us: 20 }),
        gate: Some("undetermined"),
        budget: Some("UsageAlert shop/daily"),
        would_refuse: Some(WouldRefuse { flag: "chat", reason: "Spec" }),
        estimate: Some(Estimate { method: "text", fault: "client_closed" }),
        unknown_fields: &unknown_fields,
        timeless: true,
        merged: Some(3),
        ..record.metadata
    };
    let value: Value = serde_json::from_slice(&rendered(&record)).unwrap();
    assert_eq!(
        value["metadata"],
        json!({
            "usage": {}, "price": "2026-11-01", "served": "flex", "unpriced": "model not in the price book", "request_id": "chatcmpl-1",
            "model_requested": "gpt-4o", "timings": {"first_byte_us": 10, "total_us": 20}, "gate": "undetermined",
            "budget": "UsageAlert shop/daily",
            "would_refuse": {"flag": "chat", "reason": "Spec"},
            "estimate": {"method": "text", "fault": "client_closed"}, "unknown_fields": ["hologram_tokens", "prompt_tokens_details.smell"], "timeless": true, "merged": 3,
        })
    );
}

#[test]
fn a_row_begins_with_id_and_time_at_fixed_lengths() {
    let usage = Usage::default();
    let row = rendered(&record(&usage));
    assert_eq!(id_of(&row), Some(id()));
    assert!(row[..STAMP_AT].ends_with(br#""created_at":"2024-11-15T09:49:33.864Z","#));
}

#[test]
fn a_cost_that_is_not_known_is_null_and_one_of_nothing_is_0() {
    let usage = Usage::default();
    let cost = |cost: Option<Cost>| {
        let row = rendered(&Record { cost, ..record(&usage) });
        serde_json::from_slice::<Value>(&row).unwrap()["cost_usd"].clone()
    };
    assert_eq!(cost(None), Value::Null);
    assert_eq!(cost(Some(Cost::ZERO)), "0");
}

#[test]
fn nul_in_a_text_becomes_a_character_that_postgres_can_hold() {
    let usage = Usage::default();
    let row = rendered(&Record { user_id: Some("a\0b"), ..record(&usage) });
    let value: Value = serde_json::from_slice(&row).unwrap();
    assert_eq!(value["user_id"], "a\u{fffd}b");
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was_and_no_row_has_a_line_break(text in "[^\0]*") {
        let usage = Usage::default();
        let row = rendered(&Record { user_id: Some(&text), ..record(&usage) });
        prop_assert!(row.iter().all(|&byte| byte >= 0x20));
        let value: Value = serde_json::from_slice(&row).unwrap();
        prop_assert_eq!(&value["user_id"], &text);
    }

    #[test]
    fn any_cost_reads_as_the_meter_writes_it(picos in any::<u128>()) {
        let usage = Usage::default();
        let cost = Cost::from_picos(picos);
        let row = rendered(&Record { cost: Some(cost), ..record(&usage) });
        let value: Value = serde_json::from_slice(&row).unwrap();
        prop_assert_eq!(&value["cost_usd"], &cost.to_string());
    }

    #[test]
    fn any_time_reads_as_itself(millis in 0i64..253_402_300_799_999) {
        let at = Timestamp::from_millisecond(millis).unwrap();
        let written = time(CallIds::from_os().unwrap().next(at).created_at());
        let text = std::str::from_utf8(&written).unwrap().trim_matches('"');
        prop_assert_eq!(text.parse::<Timestamp>().unwrap(), at);
    }
}
