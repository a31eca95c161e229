//! Pictures of figures, drawn here: no script makes them, and each stands over the table that it is of.

use jiff::Timestamp;
use maud::{Markup, html};
use tollgate_meter::Cost;

use super::shown::{self, dollars, money};
use crate::{
    numbers::grouped,
    query::{Figures, Group, Key, Step, Usage, Zone},
};

/// A line across a chart: something happened then.
#[derive(Clone)]
pub(super) struct Mark {
    pub(super) at: Timestamp,
    pub(super) text: String,
}

/// What a chart is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Cost,
    Calls,
    Tokens,
}

/// A chart over time, stacked by group.
pub(super) struct Chart<'a> {
    pub(super) measure: Measure,
    pub(super) usage: &'a Usage,
    pub(super) step: Step,
    pub(super) zone: &'a Zone,
    pub(super) until: Timestamp,
    pub(super) title: String,
    pub(super) marks: Vec<Mark>,
    /// The name of a group.
    pub(super) name: &'a dyn Fn(&Key) -> String,
    /// Where a click on a bucket leads.
    pub(super) link: &'a dyn Fn(Timestamp, Timestamp) -> String,
}

/// Heights are integers of a thousandth of the chart's: money stays a decimal until it is a picture.
const HEIGHT: u128 = 1_000;
/// A bucket's width, and what of it is bar.
const WIDTH: usize = 100;
const BAR: usize = 82;
/// Lines across a chart, at most: more are no easier to read.
const LINES: u128 = 4;
/// So many changes are told below a chart; the others on demand.
const TOLD: usize = 4;
/// So many colours, then one for all others.
pub(super) const COLOURS: usize = 8;

// === impl Chart ===

impl Chart<'_> {
    pub(super) fn draw(&self) -> Markup {
        let Self { measure, usage, step, zone, title, .. } = self;
        let most = usage.buckets.iter().map(|bucket| measure.of(bucket)).max().unwrap_or(0);
        let (top, lines) = scale(most);
        let ends: Vec<Timestamp> = usage.bounds.iter().skip(1).copied().chain([self.until]).collect();
        let width = usage.bounds.len().max(1) * WIDTH;
        html! {
            figure.chart {
                figcaption { (title) }
                @if most == 0 {
                    p.empty { (measure.nothing()) }
                } @else {
                    // the table says the same to those who do not see it
                    div.plot aria-hidden="true" {
                        ol.scale { @for line in (0..=lines).rev() { li { (measure.beside(top / lines * line)) } } }
                        svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" {
                            @for line in 0..lines { @let y = HEIGHT * line / lines; line.grid x1="0" x2=(width) y1=(y) y2=(y) {} }
                            @for (at, (from, until)) in usage.bounds.iter().zip(&ends).enumerate() {
                                a href=((self.link)(*from, *until)) tabindex="-1" data-from=(from) data-until=(until) {
                                    (self.bar(at, top, *from))
                                }
                            }
                            @for mark in &self.marks {
                                @if let Some(x) = self.place(mark.at) {
                                    g.mark { line x1=(x) x2=(x) y1="0" y2="1000" {} title { (mark.text) } }
                                }
                            }
                        }
                        div.axis {
                            @for at in labels(usage.bounds.len()) {
                                span { (short_label(*step, zone, usage.bounds[at])) }
                            }
                        }
                    }
                    (self.legend())
                }
                // once is enough where charts of a page have the same time
                @if *measure == Measure::Cost { (self.told()) }
                @if most > 0 { (self.table(&ends)) }
            }
        }
    }

    fn bar(&self, at: usize, top: u128, from: Timestamp) -> Markup {
        let x = at * WIDTH + (WIDTH - BAR) / 2;
        let sum = self.usage.buckets[at];
        let mut base = HEIGHT;
        let whole = [Group { key: Key::Of(Vec::new()), sum, buckets: self.usage.buckets.clone() }];
        let groups = if self.usage.groups.is_empty() { &whole[..] } else { &self.usage.groups };
        html! {
            title { (label(self.step, self.zone, from)) ": " (self.measure.told(self.measure.of(&sum))) }
            rect.target x=(at * WIDTH) y="0" width=(WIDTH) height="1000" {}
            @for (place, group) in groups.iter().enumerate() {
                @let height = self.measure.of(&group.buckets[at]).saturating_mul(HEIGHT) / top;
                @if height > 0 {
                    @let () = base = base.saturating_sub(height);
                    rect class=(colour(place, &group.key)) x=(x) y=(base) width=(BAR) height=(height) {}
                }
            }
        }
    }

    fn legend(&self) -> Markup {
        html! {
            @if self.usage.groups.len() > 1 {
                ul.legend {
                    @for (place, group) in self.usage.groups.iter().enumerate() {
                        li { span class={ "swatch " (colour(place, &group.key)) } {} ((self.name)(&group.key)) " " (self.measure.shown(&group.sum)) }
                    }
                }
            }
        }
    }

    /// What happened in this time.
    fn told(&self) -> Markup {
        let list = |marks: &[Mark]| {
            html! { ul.marks { @for mark in marks { li { (shown::moment(self.zone, &mark.at.to_string())) " " (mark.text) } } } }
        };
        let (newest, others) = self.marks.split_at(TOLD.min(self.marks.len()));
        html! {
            @if !newest.is_empty() { (list(newest)) }
            @if !others.is_empty() { details.behind { summary { (others.len()) " changes before" } (list(others)) } }
        }
    }

    /// The same for those who read it.
    fn table(&self, ends: &[Timestamp]) -> Markup {
        html! {
            details.behind {
                summary { "As a table" }
                div.scroll tabindex="0" {
                    table {
                        caption { (self.title) }
                        thead { tr {
                            th scope="col" { (self.step.name()) }
                            @if self.measure != Measure::Cost {
                                @for group in &self.usage.groups { th.number scope="col" { ((self.name)(&group.key)) } }
                            } @else {
                                th.number scope="col" { "Cost" }
                                th.number scope="col" { "Estimated" }
                                th.number scope="col" { "Calls" }
                                th.number scope="col" { "Unpriced" }
                            }
                        } }
                        tbody {
                            @for (at, ((from, until), figures)) in self.usage.bounds.iter().zip(ends).zip(&self.usage.buckets).enumerate() {
                                tr {
                                    th scope="row" { a href=((self.link)(*from, *until)) { (label(self.step, self.zone, *from)) } }
                                    @if self.measure != Measure::Cost {
                                        @for group in &self.usage.groups { td.number { (self.measure.shown(&group.buckets[at])) } }
                                    } @else {
                                        td.number { (money(figures.cost)) }
                                        td.number { (money(figures.estimated_cost)) }
                                        td.number { (shown::count(figures.calls)) }
                                        td.number { (shown::count(figures.unpriced_calls)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where on the chart a moment is.
    fn place(&self, at: Timestamp) -> Option<usize> {
        let bucket = self.usage.bounds.partition_point(|bound| *bound <= at).checked_sub(1)?;
        if at >= self.until {
            return None;
        }
        let from = self.usage.bounds[bucket].as_second();
        let until = self.usage.bounds.get(bucket + 1).copied().unwrap_or(self.until).as_second();
        let inside = usize::try_from((at.as_second() - from) * 100 / (until - from).max(1)).unwrap_or(0);
        Some(bucket * WIDTH + inside)
    }
}

// === impl Measure ===

impl Measure {
    fn of(self, figures: &Figures) -> u128 {
        match self {
            Self::Cost => figures.cost.picos(),
            Self::Calls => figures.calls.into(),
            Self::Tokens => figures.tokens().into(),
        }
    }

    fn shown(self, figures: &Figures) -> Markup {
        match self {
            Self::Cost => money(figures.cost),
            Self::Calls => shown::count(figures.calls),
            Self::Tokens => shown::tokens(figures.tokens()),
        }
    }

    fn told(self, value: u128) -> String {
        match self {
            Self::Cost => dollars(Cost::from_picos(value)),
            Self::Calls => format!("{} calls", grouped(u64::try_from(value).unwrap_or(u64::MAX))),
            Self::Tokens => format!("{} tokens", shown::short(value)),
        }
    }

    /// Beside a line across the chart.
    fn beside(self, value: u128) -> String {
        match self {
            Self::Cost => axis_dollars(value),
            Self::Calls | Self::Tokens => shown::short(value),
        }
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::Cost => "Nothing was spent in this time.",
            Self::Calls => "No call was made in this time.",
            Self::Tokens => "No token was used in this time.",
        }
    }
}

fn colour(place: usize, key: &Key) -> String {
    match key {
        Key::Of(_) if place < COLOURS => format!("c{place}"),
        Key::Of(_) | Key::Others(_) => "other".to_owned(),
    }
}

/// First, middle and last, where there is room for them.
fn labels(count: usize) -> Vec<usize> {
    match count {
        0 => vec![],
        1 => vec![0],
        2..8 => vec![0, count - 1],
        _ => vec![0, count / 4, count / 2, count * 3 / 4, count - 1],
    }
}

/// The chart's height, and how many lines part it: steps of 1, 2 or 5 times a power of ten.
fn scale(most: u128) -> (u128, u128) {
    let mut power = 1;
    loop {
        for step in [power, power * 2, power * 5] {
            let lines = most.div_ceil(step).max(1);
            if lines <= LINES {
                return (step * lines, lines);
            }
        }
        power *= 10;
    }
}

/// An amount beside a line: a round one, without the zeros that say so.
fn axis_dollars(picos: u128) -> String {
    let text = dollars(Cost::from_picos(picos));
    match text.split_once('.') {
        Some((whole, cents)) if cents.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        _ => text,
    }
}

/// A bucket's beginning below a chart, as people say it.
fn short_label(step: Step, zone: &Zone, at: Timestamp) -> String {
    let clock = zone.clock(at);
    match step {
        Step::Hour => clock.strftime("%-d %b %H:%M").to_string(),
        Step::Day | Step::Week => clock.strftime("%-d %b").to_string(),
        Step::Month => clock.strftime("%b %Y").to_string(),
    }
}

/// A bucket's beginning, as short as its step allows.
pub(super) fn label(step: Step, zone: &Zone, at: Timestamp) -> String {
    let clock = zone.clock(at);
    match step {
        Step::Hour => format!("{} {:02}:{:02}", clock.date(), clock.hour(), clock.minute()),
        Step::Day | Step::Week => clock.date().to_string(),
        Step::Month => format!("{}-{:02}", clock.year(), clock.month()),
    }
}

/// Two levels over time, the lower within the higher; what each bar is called, and how a level is told.
pub(super) fn levels(
    bars: &[(String, u64, u64)],
    told: impl Fn(u64) -> String,
    (from, until): (Timestamp, Timestamp),
    zone: &Zone,
) -> Markup {
    let most = bars.iter().map(|(_, _, high)| u128::from(*high)).max().unwrap_or(0);
    let (top, lines) = scale(most);
    let height = |level: u64| u128::from(level) * HEIGHT / top;
    html! {
        div.plot aria-hidden="true" {
            ol.scale { @for line in (0..=lines).rev() { li { (told(u64::try_from(top / lines * line).unwrap_or(u64::MAX))) } } }
            svg viewBox={ "0 0 " (bars.len().max(1) * WIDTH) " 1000" } preserveAspectRatio="none" {
                @for line in 0..lines { @let y = HEIGHT * line / lines; line.grid x1="0" x2=(bars.len() * WIDTH) y1=(y) y2=(y) {} }
                @for (at, (name, low, high)) in bars.iter().enumerate() {
                    @let x = at * WIDTH + (WIDTH - BAR) / 2;
                    g {
                        title { (name) ": " (told(*low)) ", " (told(*high)) }
                        rect.other x=(x) y=(HEIGHT - height(*high)) width=(BAR) height=(height(*high)) {}
                        rect.c0 x=(x) y=(HEIGHT - height(*low)) width=(BAR) height=(height(*low)) {}
                    }
                }
            }
            div.axis { @for at in [from, until] { span { (short_label(Step::Hour, zone, at)) } } }
        }
    }
}

/// A few buckets, for a row of a table. The last is still going on.
pub(super) fn sparkline(group: &Group) -> Markup {
    let top = group.buckets.iter().map(|bucket| bucket.cost.picos()).max().unwrap_or(0).max(1);
    let last = group.buckets.len().saturating_sub(1);
    html! {
        svg.spark viewBox={ "0 0 " (group.buckets.len() * 10) " 28" } preserveAspectRatio="none" aria-hidden="true" {
            @for (at, bucket) in group.buckets.iter().enumerate() {
                @let height = (bucket.cost.picos() * 27 / top).max(1);
                rect.now[at == last] x=(at * 10 + 1) y=(28 - height) width="8" height=(height) {}
            }
        }
    }
}

/// Which part of a whole it is, beside the figure that says so.
pub(super) fn portion(part: u128, whole: u128) -> Markup {
    let share = part.saturating_mul(100).checked_div(whole).unwrap_or(0).min(100);
    html! {
        svg.portion viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.track width="100" height="8" {}
            rect.fill width=(share) height="8" {}
        }
    }
}

/// How far something is of what it may be, by a bar of a hundred.
pub(super) fn meter(part: u128, whole: u128, label: &str) -> Markup {
    let share = part.saturating_mul(100).checked_div(whole).unwrap_or(0).min(100);
    let class = if share >= 100 {
        "bad"
    } else if share >= 80 {
        "warn"
    } else {
        "good"
    };
    html! {
        svg class={ "meter " (class) } viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=(label) {
            rect.track x="0" y="0" width="100" height="6" {}
            rect.fill x="0" y="0" width=(share) height="6" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_chart_are_round_and_few() {
        const CENT: u128 = 10_000_000_000;
        assert_eq!(scale(2_850 * CENT), (3_000 * CENT, 3));
        assert_eq!(scale(1_211 * CENT), (1_500 * CENT, 3));
        assert_eq!(scale(9 * CENT), (10 * CENT, 2));
        assert_eq!(scale(1), (1, 1));
        for most in 1..2_000 {
            let (top, lines) = scale(most);
            assert!(top >= most && lines <= LINES && top.is_multiple_of(lines), "{most}: {top} {lines}");
        }
    }

    #[test]
    fn a_round_amount_has_no_cents() {
        assert_eq!([0, 20 * 10u128.pow(12), 10u128.pow(11)].map(axis_dollars), ["$0", "$20", "$0.1000"]);
    }
}
