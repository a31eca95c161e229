//! The figures of the pages for programs: same addresses, same words, JSON. Money is a decimal in a string.

use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{
    audit,
    calls::ask,
    context::{Context, Missing},
    explore::USUAL,
    notice,
};
use crate::{
    database::audit::Filter as ChangesFilter,
    query::{Ask, Dimension, Figures, Group, Key, QueryError, Range, Span, Usage, Why},
};

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
        notice::json(status, &self.to_string())
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

pub(super) async fn usage(context: Context) -> Result<Response, Missing> {
    let ask = usage_ask(&context);
    let usage = context.usage(&ask).await?;
    Ok(Json(Document::of(&ask, &usage)).into_response())
}

/// Written as it is read: as a tree of values, an answer with many groups and buckets was of hundreds of megabytes.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(serialize_with = "in_words")]
    from: Timestamp,
    #[serde(serialize_with = "in_words")]
    until: Timestamp,
    zone: &'a str,
    sum: &'a Figures,
    groups: Vec<GroupSeen<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buckets: Option<Vec<Stretch<'a>>>,
    coarse: bool,
    hours_behind: usize,
}

#[derive(Serialize)]
struct GroupSeen<'a> {
    /// None: all others.
    key: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<u64>,
    #[serde(flatten)]
    sum: &'a Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    buckets: Option<Vec<Stretch<'a>>>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    #[serde(serialize_with = "in_words")]
    from: Timestamp,
    #[serde(serialize_with = "in_words")]
    until: Timestamp,
    #[serde(flatten)]
    figures: &'a Figures,
}

fn in_words<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(moment)
}

// === impl Document ===

impl<'a> Document<'a> {
    fn of(ask: &'a Ask, usage: &'a Usage) -> Self {
        let Usage { bounds, sum, buckets, groups, coarse, hours_behind } = usage;
        let stretches = |figures: &'a [Figures]| {
            let ends = bounds.iter().skip(1).chain([&ask.span.until]);
            let stretches = bounds.iter().zip(ends).zip(figures);
            let stretches =
                stretches.map(|((from, until), figures)| Stretch { from: *from, until: *until, figures });
            ask.step.map(|_| stretches.collect())
        };
        let seen = |group: &'a Group| {
            let (key, others) = match &group.key {
                Key::Of(key) => (Some(keyed(&ask.by, key)), None),
                Key::Others(count) => (None, Some(*count)),
            };
            GroupSeen { key, others, sum: &group.sum, buckets: stretches(&group.buckets) }
        };
        Self {
            from: ask.span.from,
            until: ask.span.until,
            zone: ask.span.zone.name(),
            sum,
            groups: groups.iter().map(seen).collect(),
            buckets: stretches(buckets),
            coarse: *coarse,
            hours_behind: *hours_behind,
        }
    }
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
    let told = context.usage(&of(now.clone())).await?;
    let earlier = context.usage(&of(before.clone())).await?;
    let (coarse, behind) = (told.coarse || earlier.coarse, told.hours_behind.max(earlier.hours_behind));
    let before = Stretch { from: before.from, until: before.until, figures: &earlier.sum };
    let after = Stretch { from: now.from, until: now.until, figures: &told.sum };
    Ok(Json(json!({
        "before": before, "after": after, "why": Why::of(before.figures, after.figures),
        "zone": now.zone.name(), "coarse": coarse, "hours_behind": behind,
    })))
}

pub(super) async fn calls(context: Context) -> Result<Json<Value>, Missing> {
    let page = context.reader()?.calls(&ask(&context)).await?;
    Ok(Json(json!(page)))
}

pub(super) async fn call(context: Context, Path(id): Path<String>) -> Result<Response, Missing> {
    let Some(call) = context.reader()?.call(&id).await? else {
        return Ok(notice::json(
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
        namespaces: context.view.filter.get(Dimension::Namespace).to_vec(),
        flags: context.view.filter.get(Dimension::Feature).to_vec(),
        since: Some(span.from),
        until: Some(span.until),
        limit: context.view.limit.unwrap_or(100).into(),
    };
    let entries = audit::changes(&context, filter).await?;
    Ok(Json(json!({"changes": entries})))
}
