//! What history would have cost by prices that somebody proposes. Nothing is written.

use axum::response::Response;
use maud::{Markup, html};
use tollgate_crds::stream::PRICES_KEY;
use tollgate_meter::{PriceBook, Provider};

use super::{line, where_to};
use crate::{
    console::pages::{
        address::{View, Words},
        context::{Context, Missing},
        frame, shown,
    },
    query::{Dimension, Proposed, Range},
};

/// As much as is shown anywhere.
const USUAL: Range = Range::Days(90);
/// Of a price file, as far as it is about one model.
const LONGEST: usize = 8_192;
/// Stands where a price is to be written.
const OPEN: char = '…';

/// Where a price is proposed for a model.
pub(super) fn address(view: &View, provider: &str, model: &str) -> String {
    let view = View { range: None, ..view.time() };
    view.of(Dimension::Provider, provider).of(Dimension::Model, model).address("/prices/proposed")
}

pub(in crate::console::pages) async fn page(context: Context) -> Response {
    let named = |dimension| context.view.filter.get(dimension).first().cloned().unwrap_or_default();
    let (provider, model) = (named(Dimension::Provider), named(Dimension::Model));
    let words = Words::of(&context.query);
    let lines = match words.get("lines") {
        "" => line(&provider, &model),
        written => written.replace("\r\n", "\n"),
    };
    let answer =
        answer(&context, &provider, &model, &lines).await.unwrap_or_else(|missing| frame::failed(&missing));
    let body = html! {
        (form(&context, &provider, &model, &lines))
        (answer)
        (where_to(&context))
    };
    frame::still(&context, "What it would have cost", &body)
}

fn form(context: &Context, provider: &str, model: &str, lines: &str) -> Markup {
    let range = context.range(USUAL);
    let ranges = [("90d", "Last 90 days")].into_iter().chain(Range::NAMED);
    html! {
        form.switch.part method="get" action="/prices/proposed" {
            input type="hidden" name="provider" value=(provider);
            input type="hidden" name="model" value=(model);
            @if let Some(zone) = &context.view.zone { input type="hidden" name="zone" value=(zone.name()); }
            label { "Prices of " (shown::word(model)) ", as " (PRICES_KEY) " has them"
                textarea.code name="lines" rows="6" spellcheck="false" maxlength=(LONGEST) { (lines) "\n" }
            }
            p.small { "In USD a million tokens; tiers, services and a date from which a price holds may stand there, too." }
            label { "Of the calls of"
                select name="range" {
                    @for (name, title) in ranges {
                        option value=(name) selected[range.words().iter().any(|(_, word)| word == name)] { (title) }
                    }
                }
            }
            div.actions {
                button.main type="submit" { "What would it have cost?" }
                a.button href=(context.view.time().address("/prices")) { "Back to prices" }
            }
        }
    }
}

async fn answer(context: &Context, provider: &str, model: &str, lines: &str) -> Result<Markup, Missing> {
    let bad = |what: Markup| html! { div.notice.bad role="alert" { (what) } };
    let Some(known) = Provider::from_name(provider) else {
        return Ok(bad(
            html! { "This address names no provider: take the one that Prices has beside a model." },
        ));
    };
    if lines.contains(OPEN) {
        return Ok(
            html! { p.empty { "Write a price in place of each " (OPEN) ", and this says what these calls would have cost. Nothing is changed by it." } },
        );
    }
    if lines.len() > LONGEST {
        return Ok(bad(html! { "That is longer than the prices of one model: leave the others out." }));
    }
    let book = match PriceBook::with_overrides(lines) {
        Ok(book) => book,
        Err(error) => return Ok(bad(html! { "These lines cannot be taken: " (error) })),
    };
    if !book.knows(known, model) {
        return Ok(bad(
            html! { "These lines have no price for " code { (model) } " of " (provider) ": its name stands below its provider's." },
        ));
    }
    let span = context.span(&context.range(USUAL));
    let proposed = context.reader()?.proposed(&span, known, model, &book).await?;
    Ok(told(&proposed, context, provider, model))
}

fn told(proposed: &Proposed, context: &Context, provider: &str, model: &str) -> Markup {
    let Proposed { calls, unpriced_calls, was, cost, left } = proposed;
    let range = context.range(USUAL);
    let view = context
        .view
        .time()
        .during(range.clone())
        .of(Dimension::Model, model)
        .of(Dimension::Provider, provider);
    html! {
        section.part {
            @if *calls == 0 {
                p.empty { "No call of it was made in this time, or none that used anything. Choose a longer one." }
            } @else {
                p { (range.title()) ", " a href=(view.address("/calls")) { (shown::count(*calls)) " calls" } " would have cost" }
                p.big { (shown::money(*cost)) }
                p {
                    "They stand at " (shown::money(*was))
                    @if *unpriced_calls > 0 { " " span.unpriced { "+ " (shown::count(*unpriced_calls)) " unpriced" } }
                    "."
                }
                @for (why, calls) in left {
                    p.notice.warn role="status" { (shown::count(*calls)) " of them have no price by these lines either: " (why) "." }
                }
                p.small { "Of what is summed by hour, exact but for the rounding of each call at the twelfth digit." }
            }
        }
    }
}
