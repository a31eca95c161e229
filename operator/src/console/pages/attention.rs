//! Lists of what is well and what needs somebody.

use maud::{Markup, html};

/// Something that somebody should look at, and what to do.
pub(super) struct Item {
    pub(super) is_bad: bool,
    pub(super) what: Markup,
    pub(super) remedy: Markup,
    pub(super) to: String,
}

/// Each with its remedy.
pub(super) fn listed(items: &[Item]) -> Markup {
    html! {
        h2 { "Needs attention" }
        @if items.is_empty() {
            p.empty { span.good aria-hidden="true" { "✓ " } "Nothing: no alert fires, every call has a price and a feature." }
        } @else {
            ul.attention {
                @for Item { is_bad, what, remedy, to } in items {
                    li class=(if *is_bad { "bad" } else { "warn" }) {
                        span.sign aria-hidden="true" { (if *is_bad { "✕" } else { "!" }) }
                        div { a href=(to) { (what) } p.small { (remedy) } }
                    }
                }
            }
        }
    }
}

/// A line of the list: good or not, in words.
pub(super) fn check(good: bool, what: &str, more: &Markup) -> Markup {
    html! {
        li class=(if good { "good" } else { "warn" }) {
            span.sign aria-hidden="true" { (if good { "✓" } else { "!" }) }
            div { strong { (what) } p.small { (more) } }
        }
    }
}
