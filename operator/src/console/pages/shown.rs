//! Figures for people. What is rounded here stands exactly in the `value` of its `data` element.

use jiff::Timestamp;
use maud::{Markup, html};
use tollgate_meter::Cost;

use crate::{
    numbers::grouped,
    query::{Figures, Key, Zone, compare::Change},
};

const PICOS: u128 = 1_000_000_000_000;

/// `$1,234.50`; small amounts with more digits.
pub(super) fn dollars(cost: Cost) -> String {
    let picos = cost.picos();
    if picos == 0 {
        return "$0".to_owned();
    }
    let digits: u32 = if picos >= PICOS { 2 } else { 4 };
    let one = 10u128.pow(12 - digits);
    let (mut units, rest) = (picos / one, picos % one);
    if rest * 2 > one || (rest * 2 == one && units % 2 == 1) {
        units += 1;
    }
    if units == 0 {
        return "<$0.0001".to_owned();
    }
    let scale = 10u128.pow(digits);
    let fraction = format!("{:0>width$}", units % scale, width = digits as usize);
    format!("${}.{fraction}", grouped(units / scale))
}

/// The same, with the exact amount beside it for whoever reads by program.
pub(super) fn money(cost: Cost) -> Markup {
    html! { data.money value=(cost) title={ "$" (cost) } { (dollars(cost)) } }
}

/// A sum never hides what is not in it.
pub(super) fn spent(figures: &Figures) -> Markup {
    html! { (money(figures.cost)) (beside(figures)) }
}

/// What a sum of money does not say: calls without a price, and how much of it is estimated.
pub(super) fn beside(figures: &Figures) -> Markup {
    html! {
        @if figures.unpriced_calls > 0 {
            " " span.unpriced title="These calls have no price yet and are not in the amount" {
                "+ " data value=(figures.unpriced_calls) { (grouped(figures.unpriced_calls)) } " unpriced"
            }
        }
        @if let Some(share) = percent(figures.estimated_cost.picos(), figures.cost.picos()) {
            @if !figures.estimated_cost.is_zero() {
                " " span.estimated title={ "$" (figures.estimated_cost) " of it is estimated: the provider did not say what was used" } {
                    "~" (share) span.word { " estimated" }
                }
            }
        }
    }
}

pub(super) fn count(count: u64) -> Markup {
    html! { data value=(count) { (grouped(count)) } }
}

/// `1.2 M`: of tokens nobody reads the last digits.
pub(super) fn tokens(count: u64) -> Markup {
    html! { data value=(count) title={ (grouped(count)) " tokens" } { (short(count.into())) } }
}

pub(super) fn short(count: u128) -> String {
    let scaled = |unit: u128, name: &str| {
        let tenths = count * 10 / unit;
        if tenths >= 1_000 {
            format!("{} {name}", tenths / 10)
        } else {
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
    };
    match count {
        0..10_000 => grouped(count),
        10_000..1_000_000 => scaled(1_000, "k"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "M"),
        _ => scaled(1_000_000_000, "G"),
    }
}

/// How long something took, in microseconds; what is not known says so.
pub(super) fn duration(micros: Option<u64>) -> Markup {
    html! {
        @match micros {
            Some(micros) => data value=(micros) title={ (grouped(micros)) " µs" } { (duration_text(micros)) },
            None => span.none { "unknown" },
        }
    }
}

/// `640 ms`, `3.2 s`.
pub(super) fn duration_text(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{}.{} ms", micros / 1_000, micros / 100 % 10),
        10_000..1_000_000 => format!("{} ms", micros / 1_000),
        1_000_000..100_000_000 => format!("{}.{} s", micros / 1_000_000, micros / 100_000 % 10),
        _ => format!("{} s", grouped(micros / 1_000_000)),
    }
}

/// `12 %`, with a digit more where it is small. None of nothing.
pub(super) fn percent(part: u128, whole: u128) -> Option<String> {
    let tenths = part.checked_mul(1_000)?.checked_div(whole)?;
    Some(match tenths {
        0 if part == 0 => "0 %".to_owned(),
        0 => "<0.1 %".to_owned(),
        1..100 => format!("{}.{} %", tenths / 10, tenths % 10),
        _ => format!("{} %", tenths / 10),
    })
}

/// How much more or less than before, with a word for those who see no colours.
pub(super) fn change(before: Cost, after: Cost, than: &str) -> Markup {
    let change = Change::between(before, after);
    let share = percent(change.amount().picos(), before.picos());
    html! {
        span.change {
            @if change.is_zero() { "as much as " (than) }
            @else if before.is_zero() { "nothing " (than) }
            @else {
                @let up = !change.is_less();
                span class=(if up { "up" } else { "down" }) {
                    span aria-hidden="true" { (if up { "▲ " } else { "▼ " }) }
                    (share.unwrap_or_default()) (if up { " more" } else { " less" })
                }
                " than " (than)
            }
        }
    }
}

/// `14:03:21`.
pub(super) fn clock(zone: &Zone, at: Timestamp) -> String {
    let clock = zone.clock(at);
    format!("{:02}:{:02}:{:02}", clock.hour(), clock.minute(), clock.second())
}

/// A moment as the zone's clocks show it, with the moment itself for programs.
pub(super) fn moment(zone: &Zone, text: &str) -> Markup {
    match text.parse::<Timestamp>() {
        Ok(at) => {
            html! { time datetime=(text) title=(text) { (zone.clock(at).date()) " " (clock(zone, at)) } }
        }
        Err(_) => html! { (text) },
    }
}

/// A person's name, a ServiceAccount's as short as it is told apart.
pub(super) fn person(name: &str) -> Markup {
    let short = name.strip_prefix("system:serviceaccount:").map(|rest| rest.replacen(':', "/", 1));
    html! { span.person title=(name) { (short.as_deref().unwrap_or(name)) } }
}

/// What stands for a word that calls do not have.
pub(super) fn word(text: &str) -> Markup {
    html! { @if text.is_empty() { span.none { "none" } } @else { (text) } }
}

/// What an outcome is, in a word and by a mark.
pub(super) fn outcome(outcome: &str) -> Markup {
    let (mark, class) = match outcome {
        "completed" => ("✓", "good"),
        "refused" => ("⊘", "refused"),
        "client_closed" => ("↩", "plain"),
        _ => ("✕", "bad"),
    };
    html! { span class={ "outcome " (class) } { span aria-hidden="true" { (mark) " " } (outcome.replace('_', " ")) } }
}

/// A group of one dimension, as legends have it.
pub(super) fn name(key: &Key) -> String {
    match key {
        Key::Of(words) => {
            let words: Vec<&str> =
                words.iter().map(|word| if word.is_empty() { "none" } else { word }).collect();
            words.join(" · ")
        }
        Key::Others(count) => format!("{count} others"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cost: &str) -> String {
        dollars(cost.parse().unwrap())
    }

    #[test]
    fn money_is_rounded_half_to_even_and_small_money_has_more_digits() {
        let all: Vec<String> =
            ["0", "0.000000000001", "0.00005", "0.00015", "0.07059175", "1.005", "1.015", "1234567.891"]
                .map(shown)
                .into();
        assert_eq!(
            all,
            ["$0", "<$0.0001", "<$0.0001", "$0.0002", "$0.0706", "$1.00", "$1.02", "$1,234,567.89"]
        );
    }

    #[test]
    fn a_sum_shows_what_is_not_in_it() {
        let figures = Figures {
            unpriced_calls: 1_037,
            cost: "10".parse().unwrap(),
            estimated_cost: "0.4".parse().unwrap(),
            ..Figures::default()
        };
        let shown = spent(&figures).into_string();
        assert!(shown.contains(r#"<data class="money" value="10""#), "{shown}");
        assert!(
            shown.contains("1,037</data> unpriced")
                && shown.contains("~4.0 %<span class=\"word\"> estimated"),
            "{shown}"
        );
    }

    #[test]
    fn a_duration_is_as_long_as_people_read() {
        let all = [0, 950, 5_250, 640_000, 3_240_000, 125_000_000].map(duration_text);
        assert_eq!(all, ["0 µs", "950 µs", "5.2 ms", "640 ms", "3.2 s", "125 s"]);
        assert!(duration(None).into_string().contains("unknown"));
    }

    #[test]
    fn shares_of_nothing_are_not_shown() {
        assert_eq!(percent(1, 0), None);
        assert_eq!(percent(1, 3).as_deref(), Some("33 %"));
        assert_eq!(percent(1, 100_000).as_deref(), Some("<0.1 %"));
    }

    #[test]
    fn tokens_are_short() {
        assert_eq!([9_999, 10_000, 1_234_567, 123_456_789].map(short), ["9,999", "10.0 k", "1.2 M", "123 M"]);
    }
}
