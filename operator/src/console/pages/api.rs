//! The figures of the pages for programs: same addresses, same words, JSON. Money is a decimal in a string.

use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    audit,
    calls::ask,
    context::{Context, Missing},
    explore::USUAL,
};
use crate::{
    database::audit::Filter as ChangesFilter,
    query::{Ask, Dimension, Figures, Key, QueryError, Range, Span, Usage, Why},
};

pub(super) fn refused(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({"error": why}))).into_response()
}

impl IntoResponse for Missing {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NoLedger => StatusCode::NOT_FOUND,
            Self::Query(QueryError::Away(_) | QueryError::Migrating(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Query(QueryError::TooLong) => StatusCode::GATEWAY_TIMEOUT,
            Self::Query(QueryError::Users) => StatusCode::FORBIDDEN,
            Self::Query(QueryError::Refused(_) | QueryError::Failed(_)) => {
                tracing::warn!(error = ?self, "the console could not read the ledger");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        refused(status, &self.to_string())
    }
}

/// All groups that there are, unless the address says how many.
const MOST: u16 = 10_000;

/// What an address of figures asks: by nothing where it does not say by what.
pub(super) fn usage_ask(context: &Context) -> Ask {
    let view = &context.view;
    let span = context.span(&context.range(USUAL));
    let top = view.limit.unwrap_or(MOST);
    let mut ask = Ask::of(span).filtered(&view.filter).by(&view.by, top);
    ask.step = view.step;
    ask
}

pub(super) async fn usage(context: Context) -> Result<Json<Value>, Missing> {
    let ask = usage_ask(&context);
    let usage = context.usage(&ask).await?;
    Ok(Json(document(&ask, &usage)))
}

fn document(ask: &Ask, usage: &Usage) -> Value {
    let Usage { bounds, sum, buckets, groups, coarse, hours_behind } = usage;
    let stepped = ask.step.is_some();
    let series = |figures: &[Figures]| -> Value {
        let ends = bounds.iter().skip(1).chain([&ask.span.until]);
        let buckets = bounds.iter().zip(ends).zip(figures);
        buckets
            .map(|((from, until), figures)| {
                with(json!({"from": from.to_string(), "until": until.to_string()}), figures)
            })
            .collect()
    };
    let groups: Vec<Value> = groups
        .iter()
        .map(|group| {
            let mut object = match &group.key {
                Key::Of(key) => json!({"key": keyed(&ask.by, key)}),
                Key::Others(count) => json!({"key": null, "others": count}),
            };
            object = with(object, &group.sum);
            if stepped {
                object["buckets"] = series(&group.buckets);
            }
            object
        })
        .collect();
    let mut document = json!({
        "from": ask.span.from.to_string(), "until": ask.span.until.to_string(), "zone": ask.span.zone.name(),
        "sum": sum, "groups": groups, "coarse": coarse, "hours_behind": hours_behind,
    });
    if stepped {
        document["buckets"] = series(buckets);
    }
    document
}

/// An object with the figures beside what it has.
fn with(mut object: Value, figures: &Figures) -> Value {
    if let (Value::Object(object), Value::Object(figures)) = (&mut object, json!(figures)) {
        object.extend(figures);
    }
    object
}

fn keyed(by: &[Dimension], key: &[String]) -> Value {
    let word = |word: &String| if word.is_empty() { Value::Null } else { json!(word) };
    by.iter()
        .zip(key)
        .map(|(dimension, value)| (dimension.name().to_owned(), word(value)))
        .collect::<Map<_, _>>()
        .into()
}

/// Why a time cost more than the time before.
pub(super) async fn compare(context: Context) -> Result<Json<Value>, Missing> {
    let range = context.range(USUAL);
    let of = |span: Span| Ask::of(span).filtered(&context.view.filter);
    let (now, before) = (context.span(&range), range.before(context.now, &context.zone()));
    let after = context.usage(&of(now.clone())).await?.sum;
    let earlier = context.usage(&of(before.clone())).await?.sum;
    let side = |span: &Span, figures: &Figures| {
        with(json!({"from": span.from.to_string(), "until": span.until.to_string()}), figures)
    };
    Ok(Json(json!({
        "before": side(&before, &earlier), "after": side(&now, &after), "why": Why::of(&earlier, &after),
        "zone": now.zone.name(),
    })))
}

pub(super) async fn calls(context: Context) -> Result<Json<Value>, Missing> {
    let page = context.reader()?.calls(&ask(&context)).await?;
    Ok(Json(json!(page)))
}

pub(super) async fn call(Path(id): Path<String>, context: Context) -> Result<Response, Missing> {
    let Some(call) = context.reader()?.call(&id).await? else {
        return Ok(refused(
            StatusCode::NOT_FOUND,
            "there is no such call, or it is not yours to see; single calls are kept for some weeks",
        ));
    };
    let book = context.world.cluster.book();
    let bill = match call.lines(&book) {
        Ok(lines) => json!({"book": book.version(), "lines": lines}),
        Err(why) => json!({"book": book.version(), "unpriced": why}),
    };
    let mut object = json!(call);
    object["bill"] = bill;
    Ok(Json(object).into_response())
}

/// Flags as the cluster has them: there without a ledger.
pub(super) async fn features(context: Context) -> Json<Value> {
    let flags = context.world.cluster.flags(&context.viewer);
    let flags: Vec<Value> = flags
        .iter()
        .map(|flag| {
            json!({
                "kind": flag.kind(), "namespace": flag.namespace, "name": flag.name, "feature": flag.feature,
                "enabled": flag.enabled, "passes": flag.passes(), "status": flag.status,
                "managed_by": flag.managed.as_ref().map(|managed| managed.by),
                "override_until": flag.override_until,
            })
        })
        .collect();
    Json(json!({"flags": flags}))
}

pub(super) async fn changes(context: Context) -> Result<Json<Value>, Missing> {
    let span = context.span(&context.range(Range::Days(30)));
    let filter = ChangesFilter {
        cluster: None,
        namespace: context.view.filter.get(Dimension::Namespace).first().cloned(),
        flag: context.view.filter.get(Dimension::Feature).first().cloned(),
        since: Some(span.from),
        limit: context.view.limit.unwrap_or(100).into(),
    };
    let mut entries = audit::changes(&context, filter).await?;
    entries.retain(|entry| entry.at.parse::<Timestamp>().is_ok_and(|at| at < span.until));
    Ok(Json(json!({"changes": entries})))
}
