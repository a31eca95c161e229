//! The prices that hold, and the models that have none; what history would have cost by other prices ([`proposed`]).

mod proposed;

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_KEY};
use tollgate_meter::Provider;

pub(super) use self::proposed::page as proposed;
use super::{
    address::View,
    context::{Context, Missing},
    frame::{self, Part},
    shown, table,
};
use crate::query::{Ask, Dimension, Key, Range, SingleFilter};

const USUAL: Range = Range::Days(30);
const MOST: u16 = 500;

pub(super) async fn page(context: Context) -> Response {
    let head = frame::ranges(&context, &USUAL);
    frame::answer(context, "Prices", head, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        vec![
            Part::or("unknown", unknown(&context).await),
            Part::or("models", models(&context).await),
            Part::new("book", book(&context)),
        ]
    }
    .boxed()
}

/// What an admin writes for a model.
fn line(provider: &str, model: &str) -> String {
    // a JSON string is one of YAML's, whatever it holds
    let name = serde_json::Value::from(model).to_string();
    format!("{provider}:\n  {name}: {{input: \"…\", output: \"…\"}}\n")
}

async fn unknown(context: &Context) -> Result<Markup, Missing> {
    let range = context.range(USUAL);
    let by = [Dimension::Provider, Dimension::Model];
    let usage = context.usage(&Ask::of(context.span(&range)).by(&by, MOST)).await?;
    let book = context.world.cluster.book();
    let without: Vec<_> = usage
        .groups
        .iter()
        .filter_map(|group| match &group.key {
            Key::Of(key) if group.sum.unpriced_calls > 0 => Some((key.first()?, key.get(1)?, group.sum)),
            Key::Of(_) | Key::Others(_) => None,
        })
        .collect();
    let view = View {
        single: SingleFilter { unpriced: true, ..Default::default() },
        ..context.view.time().during(range)
    };
    Ok(html! {
        h2 { "Calls without a price" }
        @if without.is_empty() {
            p.empty { span.good aria-hidden="true" { "✓ " } "Every call in this time has its price." }
        } @else {
            div.scroll {
                table {
                    caption { "Models with calls that have no price" }
                    thead { tr { th scope="col" { "Model" } th scope="col" { "Provider" } th.number scope="col" { "Unpriced calls" } th.number scope="col" { "Of calls" } th.number scope="col" { "Tokens" } th scope="col" { "What to write" } } }
                    tbody {
                        @for (provider, model, sum) in &without {
                            @let calls = view.clone().of(Dimension::Model, model).of(Dimension::Provider, provider).address("/calls");
                            @let known = Provider::from_name(provider).is_some_and(|provider| book.knows(provider, model));
                            tr {
                                th scope="row" { (shown::word(model)) }
                                td { (provider) }
                                td.number { a href=(calls) { (shown::count(sum.unpriced_calls)) } }
                                td.number { (shown::count(sum.calls)) }
                                td.number { (shown::tokens(sum.tokens())) }
                                td {
                                    @if known { "The price book has it now: " code { "tollgate reprice" } " gives these calls their cost." }
                                    @else if model.is_empty() { "These calls named no model: each says why it has no price." }
                                    @else {
                                        a.button href=(proposed::address(&context.view, provider, model)) { "Propose a price…" }
                                        details { summary { "Lines for " code { (PRICES_KEY) } } pre.code tabindex="0" { code { (line(provider, model)) } } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (where_to(context))
        }
    })
}

/// Where lines of a price are written, and what comes after.
fn where_to(context: &Context) -> Markup {
    html! {
        p.hint {
            "Lines go under " code { (PRICES_KEY) } " of the ConfigMap " code { (PRICES_CONFIG_MAP) } " in " code { (context.world.settings.namespace) }
            ", in USD a million tokens, and hold in every sidecar within a second. " code { "tollgate prices check FILE" }
            " says before that whether they are right; " code { "tollgate reprice --since DATE --apply" } " gives past calls their cost after it."
        }
    }
}

async fn models(context: &Context) -> Result<Markup, Missing> {
    let range = context.range(USUAL);
    let by = [Dimension::Provider, Dimension::Model];
    let usage = context.usage(&Ask::of(context.span(&range)).by(&by, MOST)).await?;
    let view = context.view.time().during(range);
    Ok(
        html! { h2 { "Models in use" } (table::groups(&usage, &by, &view, "Models in use, those that cost most first")) },
    )
}

fn book(context: &Context) -> Markup {
    let book = context.world.cluster.book();
    html! { p.hint { "The price book that holds: " code { (book.version()) } ". Every call's page shows its price line by line." } }
}

#[cfg(test)]
mod tests {
    use tollgate_meter::PriceBook;

    use super::*;

    #[test]
    fn what_is_to_be_written_is_a_price_once_its_amounts_are() {
        let yaml = line("openai", "a \"b\": c").replace('…', "1.5");
        assert!(PriceBook::with_overrides(&yaml).unwrap().knows(Provider::OpenAi, "a \"b\": c"), "{yaml}");
    }
}
