//! What the API is, for programs that make clients of it.

use axum::Json;
use serde_json::{Value, json};

use crate::query::{COARSE, Dimension};

pub(super) async fn document() -> Json<Value> {
    Json(described())
}

fn described() -> Value {
    let text = |description: &str| json!({"schema": {"type": "string"}, "description": description});
    let parameter = |name: &str, rest: Value| {
        let mut parameter = json!({"name": name, "in": "query", "required": false});
        if let (Value::Object(parameter), Value::Object(rest)) = (&mut parameter, rest) {
            parameter.extend(rest);
        }
        parameter
    };
    let time = vec![
        parameter(
            "range",
            text("today, yesterday, week, last-week, month, last-month, hours such as 24h, days such as 30d"),
        ),
        parameter(
            "from",
            text("With until: a day such as 2026-10-01, or a time such as 2026-10-01T08:00:00Z"),
        ),
        parameter("until", text("The last day, or the time before which it ends")),
        parameter("zone", text("An IANA zone, whose days, weeks and months they are")),
    ];
    let filters: Vec<Value> = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let schema = json!({"schema": {"type": "array", "items": {"type": "string"}}, "explode": true,
                "description": format!("Only calls of this {}; (none) for those without one", dimension.name())});
            parameter(dimension.name(), schema)
        })
        .collect();
    // of a change only these two are known
    let of_flags: Vec<Value> = [Dimension::Namespace, Dimension::Feature]
        .into_iter()
        .map(|dimension| {
            let what = if dimension == Dimension::Namespace {
                "in this namespace; (none) for those of no one"
            } else {
                "of flags of this feature, or of this name"
            };
            let schema = json!({"schema": {"type": "array", "items": {"type": "string"}}, "explode": true,
                "description": format!("Only changes {what}")});
            parameter(dimension.name(), schema)
        })
        .collect();
    let of_group = json!({"schema": {"type": "array", "items": {"type": "string"}}, "explode": true,
        "description": "Only calls without a feature that are of this group; (none) for those of no group"});
    let limit = parameter("limit", json!({"schema": {"type": "integer", "minimum": 1, "maximum": 1000}}));
    let grouped = vec![
        parameter("by", text("What groups are told apart by: up to three, with commas")),
        parameter("step", json!({"schema": {"type": "string", "enum": ["hour", "day", "week", "month"]}})),
    ];
    let with = |more: &[&[Value]]| -> Vec<Value> { more.concat() };
    let operation = |summary: &str, parameters: Vec<Value>, schema: &str| {
        json!({"get": {"summary": summary, "parameters": parameters, "responses": {
            "200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}},
            "default": {"description": "What was wrong, and what to write", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
        }}})
    };
    let id =
        json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}});
    let count = json!({"type": "integer", "minimum": 0});
    let decimal =
        json!({"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$", "description": "USD, an exact decimal"});
    let moment = json!({"type": "string", "format": "date-time"});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Tollgate", "version": "v1", "description": "What AI calls are, and what they cost. Answers hold what whoever asks may see, and nothing else."},
        "security": [{"bearer": []}],
        "paths": {
            "/api/v1/usage": operation("Sums, by group and by bucket", with(&[&time, &grouped, &filters, std::slice::from_ref(&limit)]), "Usage"),
            "/api/v1/compare": operation("A time beside the time before, and why they differ", with(&[&time, &filters]), "Compare"),
            "/api/v1/calls": operation("Single calls, newest first", with(&[&time, &filters, std::slice::from_ref(&limit), &[
                parameter("behind", text("The `next` of the page before")), parameter("unpriced", text("1: only calls without a price")), parameter("fingerprint", of_group)]]), "Calls"),
            "/api/v1/calls/{id}": operation("A call, and what it cost line by line", vec![id], "Call"),
            "/api/v1/features": operation("Flags, and what holds", Vec::new(), "Features"),
            "/api/v1/changes": operation("Who changed which flag, newest first", with(&[&time, &of_flags, &[limit]]), "Changes"),
            "/api/v1/me": operation("Who asks, and what they may", Vec::new(), "Me"),
        },
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "A Kubernetes token"}},
            "schemas": {
                "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
                "Figures": {"type": "object", "properties": {
                    "calls": count, "refused_calls": count, "failed_calls": count, "unpriced_calls": count, "cost": decimal,
                    "estimated_cost": decimal, "input_tokens": count, "output_tokens": count, "cached_input_tokens": count,
                    "cache_write_tokens": count, "reasoning_tokens": count}},
                "Bucket": {"allOf": [{"$ref": "#/components/schemas/Figures"}, {"type": "object", "properties": {"from": moment, "until": moment}}]},
                "Group": {"allOf": [{"$ref": "#/components/schemas/Figures"}, {"type": "object", "properties": {
                    "key": {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}},
                    "others": count, "buckets": {"type": "array", "items": {"$ref": "#/components/schemas/Bucket"}}}}]},
                "Usage": {"type": "object", "properties": {
                    "from": moment, "until": moment, "zone": {"type": "string"}, "sum": {"$ref": "#/components/schemas/Figures"},
                    "groups": {"type": "array", "items": {"$ref": "#/components/schemas/Group"}},
                    "buckets": {"type": "array", "items": {"$ref": "#/components/schemas/Bucket"}},
                    "coarse": {"type": "boolean", "description": COARSE}, "hours_behind": count}},
                "Compare": {"type": "object", "properties": {
                    "before": {"$ref": "#/components/schemas/Bucket"}, "after": {"$ref": "#/components/schemas/Bucket"}, "zone": {"type": "string"},
                    "coarse": {"type": "boolean", "description": COARSE}, "hours_behind": count,
                    "why": {"type": "object", "properties": {"change": {"type": "string"}, "volume": {"type": "string"}, "tokens": {"type": "string"}, "price": {"type": "string"}}}}},
                "Calls": {"type": "object", "properties": {"calls": {"type": "array", "items": {"$ref": "#/components/schemas/Call"}}, "next": {"type": ["string", "null"]}}},
                "Call": call(),
                "Me": {"type": "object", "properties": {
                    "name": {"type": "string"}, "groups": {"type": "array", "items": {"type": "string"}},
                    "namespaces": {"type": ["array", "null"], "items": {"type": "string"}, "description": "Whose usage they may read; null: all"},
                    "maySeeUsers": {"type": "boolean"}, "rights": {"type": "array", "items": {"type": "object"}}}},
                "Features": {"type": "object", "properties": {"flags": {"type": "array", "items": {"type": "object"}}}},
                "Changes": {"type": "object", "properties": {"changes": {"type": "array", "items": {"type": "object"}}}},
            },
        },
    })
}

/// The columns of the ledger.
fn call() -> Value {
    let text = json!({"type": "string"});
    let maybe = json!({"type": ["string", "null"]});
    let count = json!({"type": "integer", "minimum": 0});
    let moment = json!({"type": "string", "format": "date-time"});
    let of = |names: &[&str], schema: &Value| -> Vec<(String, Value)> {
        names.iter().map(|name| ((*name).to_owned(), schema.clone())).collect()
    };
    let columns = [
        of(&["created_at", "received_at"], &moment),
        of(&["feature", "provider", "host", "endpoint", "outcome", "usage_source"], &text),
        of(&["cluster", "namespace", "workload", "pod", "container", "user_id", "model", "account"], &maybe),
        of(
            &[
                "tokens_used",
                "input_tokens",
                "output_tokens",
                "cached_input_tokens",
                "cache_write_tokens",
                "reasoning_tokens",
            ],
            &count,
        ),
    ];
    let mut properties: serde_json::Map<String, Value> = columns.into_iter().flatten().collect();
    let cost = json!({"type": ["string", "null"], "pattern": "^[0-9]+(\\.[0-9]+)?$", "description": "USD, an exact decimal; null: not priced, metadata.unpriced says why"});
    let bill = json!({"type": "object", "description": "Of a single call: the price book, and its lines or why there are none"});
    for (name, schema) in [
        ("id", json!({"type": "string", "format": "uuid"})),
        ("status", json!({"type": ["integer", "null"]})),
        ("streamed", json!({"type": "boolean"})),
        ("metadata", json!({"type": "object"})),
        ("cost_usd", cost),
        ("bill", bill),
    ] {
        properties.insert(name.to_owned(), schema);
    }
    json!({"type": "object", "description": "The columns of the ledger (docs/ledger.md)", "properties": properties})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::pages::address::only_known_words;

    #[test]
    fn every_reference_of_the_document_leads_somewhere() {
        fn walk(value: &Value, document: &Value) {
            match value {
                Value::Object(object) => {
                    if let Some(Value::String(to)) = object.get("$ref") {
                        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
                    }
                    object.values().for_each(|value| walk(value, document));
                }
                Value::Array(values) => values.iter().for_each(|value| walk(value, document)),
                _ => {}
            }
        }
        let document = described();
        walk(&document, &document);
    }

    #[test]
    fn a_path_takes_what_leaves_something_out_where_the_document_says_so() {
        let document = described();
        for (path, told) in document["paths"].as_object().unwrap() {
            let takes = told["get"]["parameters"].as_array().unwrap();
            for word in Dimension::ALL.map(Dimension::name).into_iter().chain(["unpriced", "fingerprint"]) {
                let is_told = takes.iter().any(|parameter| parameter["name"] == word);
                let taken = only_known_words(path, &format!("{word}=1"));
                assert_eq!(taken.is_ok(), is_told, "{path}?{word}");
            }
        }
    }

    #[test]
    fn the_document_names_every_figure() {
        let Value::Object(figures) = json!(crate::query::Figures::default()) else {
            unreachable!("an object")
        };
        let document = described();
        for name in figures.keys() {
            assert!(
                document.pointer(&format!("/components/schemas/Figures/properties/{name}")).is_some(),
                "{name}"
            );
        }
    }
}
