//! Figures and calls as CSV, for spreadsheets.

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures::stream;

use super::{
    calls::ask,
    context::{Context, Missing},
    explore::whole,
};
use crate::query::{Call, CallPage, Figures, Key};

/// Rows at a time of a file of calls.
const AT_ONCE: u16 = 1_000;

/// The groups of Explore, a line each and bucket.
pub(super) async fn usage(context: Context) -> Result<Response, Missing> {
    let ask = whole(&context);
    let (by, until) = (&ask.by, ask.span.until);
    let zone = context.zone();
    let usage = context.usage(&ask).await?;
    let mut text = String::new();
    let mut head: Vec<&str> = vec!["from", "until", "from_local"];
    head.extend(by.iter().map(|dimension| dimension.name()));
    head.extend(FIGURES);
    line(&mut text, head.iter().map(|name| (*name).to_owned()));
    let ends: Vec<_> = usage.bounds.iter().skip(1).copied().chain([until]).collect();
    for group in &usage.groups {
        let key = match &group.key {
            Key::Of(key) => key.clone(),
            Key::Others(count) => vec![format!("{count} others"); by.len()],
        };
        for ((from, until), figures) in usage.bounds.iter().zip(&ends).zip(&group.buckets) {
            if figures.calls == 0 {
                continue;
            }
            let local = zone.clock(*from).to_string();
            let cells = [from.to_string(), until.to_string(), local].into_iter();
            line(&mut text, cells.chain(key.iter().cloned()).chain(cells_of(figures)));
        }
    }
    Ok(file("tollgate-usage.csv", Body::from(text)))
}

pub(super) const FIGURES: [&str; 11] = [
    "cost_usd",
    "estimated_usd",
    "calls",
    "refused_calls",
    "failed_calls",
    "unpriced_calls",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

fn cells_of(figures: &Figures) -> [String; 11] {
    let Figures {
        calls,
        refused_calls,
        failed_calls,
        unpriced_calls,
        cost,
        estimated_cost,
        input_tokens,
        output_tokens,
        cached_input_tokens,
        cache_write_tokens,
        reasoning_tokens,
    } = figures;
    [
        cost.to_string(),
        estimated_cost.to_string(),
        calls.to_string(),
        refused_calls.to_string(),
        failed_calls.to_string(),
        unpriced_calls.to_string(),
        input_tokens.to_string(),
        output_tokens.to_string(),
        cached_input_tokens.to_string(),
        cache_write_tokens.to_string(),
        reasoning_tokens.to_string(),
    ]
}

/// All calls of the address, newest first, as they are read.
pub(super) async fn calls(context: Context) -> Result<Response, Missing> {
    let reader = context.reader()?;
    let mut ask = ask(&context);
    ask.limit = AT_ONCE;
    ask.behind = None;
    // what cannot be read at all is an answer of its own, not half a file
    let first = reader.calls(&ask).await?;
    let mut head = String::new();
    line(&mut head, CALL.iter().map(|name| (*name).to_owned()));
    let state = (Some(first), head, reader, ask);
    let body = stream::unfold(state, |(page, mut text, reader, mut ask)| async move {
        let CallPage { calls, next } = page?;
        for call in &calls {
            line(&mut text, cells_of_call(call).into_iter());
        }
        let page = match next {
            Some(next) => {
                ask.behind = Some(next);
                match reader.calls(&ask).await {
                    Ok(page) => Some(page),
                    Err(error) => {
                        tracing::warn!(?error, "a file of calls breaks off");
                        return Some((
                            Err(std::io::Error::other("the ledger broke off")),
                            (None, String::new(), reader, ask),
                        ));
                    }
                }
            }
            None => None,
        };
        Some((Ok::<Bytes, std::io::Error>(Bytes::from(text)), (page, String::new(), reader, ask)))
    });
    Ok(file("tollgate-calls.csv", Body::from_stream(body)))
}

const CALL: [&str; 22] = [
    "id",
    "created_at",
    "namespace",
    "workload",
    "pod",
    "feature",
    "user_id",
    "provider",
    "model",
    "endpoint",
    "outcome",
    "status",
    "streamed",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "cost_usd",
    "usage_source",
    "price",
    // that the line stands for
    "calls",
];

fn cells_of_call(call: &Call) -> [String; 22] {
    let or = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        call.id.clone(),
        call.created_at.clone(),
        or(&call.namespace),
        or(&call.workload),
        or(&call.pod),
        call.feature.clone(),
        or(&call.user_id),
        call.provider.clone(),
        or(&call.model),
        call.endpoint.clone(),
        call.outcome.clone(),
        call.status.map(|status| status.to_string()).unwrap_or_default(),
        call.streamed.to_string(),
        call.input_tokens.to_string(),
        call.output_tokens.to_string(),
        call.cached_input_tokens.to_string(),
        call.cache_write_tokens.to_string(),
        call.reasoning_tokens.to_string(),
        or(&call.cost_usd),
        call.usage_source.clone(),
        call.metadata["price"].as_str().unwrap_or_default().to_owned(),
        call.calls().to_string(),
    ]
}

pub(super) fn file(name: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// What spreadsheets begin a formula with, some also by the wide forms of East Asian keyboards, or behind a blank that they drop.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Cells as RFC 4180 has them. What a spreadsheet would take for a formula is made a text: names come from apps.
pub(super) fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        let guarded = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell };
        if guarded.contains(['"', ',', '\n', '\r']) {
            text.push('"');
            text.push_str(&guarded.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&guarded);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula_and_never_two_cells() {
        let mut text = String::new();
        line(&mut text, ["=HYPERLINK(\"x\")", "a,b", "plain", "two\nlines"].map(str::to_owned).into_iter());
        assert_eq!(text, "\"'=HYPERLINK(\"\"x\"\")\",\"a,b\",plain,\"two\nlines\"\r\n");
    }

    #[test]
    fn wide_forms_and_a_break_before_it_make_no_formula_either() {
        let mut text = String::new();
        line(&mut text, ["＝1+1", "＋1", "－1", "＠x", "\n=1+1", "日本=語"].map(str::to_owned).into_iter());
        assert_eq!(text, "'＝1+1,'＋1,'－1,'＠x,\"'\n=1+1\",日本=語\r\n");
    }
}
