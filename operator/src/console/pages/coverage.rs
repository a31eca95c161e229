//! Which pods are metered and gated, by sidecars of which release, and what to do about the others: on Health, and where it needs
//! somebody.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{
    attention::{Item, check},
    context::Context,
    shown,
};
use crate::coverage::{Coverage, REPEAT_SECONDS, Uncovered};

/// Sidecars of one release, of all namespaces.
#[derive(Clone, Copy, Debug, Default)]
struct Release {
    sidecars: u64,
    quiet: u64,
    spooling: u64,
}

/// An operator that has said nothing for so long is away.
const AWAY_SECONDS: i64 = 4 * REPEAT_SECONDS;
/// So many workloads are named where somebody is needed; Health has them all.
const NAMED: usize = 3;

/// For Health.
pub(super) fn told(context: &Context) -> Markup {
    let Some(coverage) = context.world.cluster.coverage(&context.viewer) else {
        return html! {
            h2 { "Sidecars" }
            p.empty { "The operator has not said yet which pods have a sidecar: see whether it runs, and whether its release is this one." }
        };
    };
    let releases = releases(&coverage);
    let sum = |of: fn(&Release) -> u64| releases.values().map(of).sum::<u64>();
    let (sidecars, quiet, spooling) = (sum(|of| of.sidecars), sum(|of| of.quiet), sum(|of| of.spooling));
    let silent: u64 = coverage.silent.iter().map(|silent| silent.pods).sum();
    let uncovered: u64 = wanting(&coverage).map(|found| found.pods).sum();
    let others = releases.keys().any(|release| !release.is_empty() && **release != coverage.release);
    let away = is_away(&coverage, context);
    html! {
        h2 { "Sidecars" }
        ul.attention.checks {
            (check(!away, "The operator tells which pods have a sidecar", &html! {
                "Last at " (shown::clock(&context.zone(), said(&coverage))) ", release " (coverage.release) "."
                @if away { " That is long ago, and what stands here may have changed: see whether a replica leads. " (WITHOUT_OPERATOR) }
            }))
            (check(uncovered == 0, "Every pod of a labelled namespace has a sidecar", &html! {
                @if uncovered > 0 { (pods(uncovered)) " have none: their calls are neither metered nor gated. The table below says how they get one." }
                @else { "none is without" }
            }))
            (check(silent + quiet == 0, "Every sidecar hears the operator", &html! {
                @if silent > 0 {
                    @for silent in &coverage.silent { (pods(silent.pods)) " in " (silent.namespace) " do not. " }
                    (KEEPS_ITS_FLAGS)
                } @else if quiet > 0 {
                    (quiet) " of " (sidecars) " are connected and have said nothing for ten seconds: see whether their nodes are overloaded."
                } @else { (sidecars) " do, each of them within ten seconds" }
            }))
            (check(spooling == 0, "No sidecar has many rows left", &html! {
                @if spooling > 0 { (spooling) " have more than a thousand that are not in the ledger yet. " (SPOOLS) }
                @else { "spools are as good as empty" }
            }))
            (check(!others, "Sidecars are of the operator's release", &html! {
                @if others { "Some are not. They go on working; a restart of their workload gives them this one." } @else { "all of them" }
            }))
        }
        @if !releases.is_empty() { (by_release(&releases)) }
        @if !coverage.uncovered.is_empty() { (without(&coverage)) }
    }
}

/// What of it needs somebody.
pub(super) fn attention(context: &Context) -> Vec<Item> {
    let Some(coverage) = context.world.cluster.coverage(&context.viewer) else { return Vec::new() };
    let mut items = Vec::new();
    let mut item = |is_bad: bool, what: Markup, remedy: Markup| {
        items.push(Item { is_bad, what, remedy, to: "/health".to_owned() });
    };
    if is_away(&coverage, context) {
        let what =
            html! { "The operator has said nothing since " (shown::clock(&context.zone(), said(&coverage))) };
        item(true, what, html! { "See whether a replica leads. " (WITHOUT_OPERATOR) });
    }
    let mut wanting: Vec<&Uncovered> = wanting(&coverage).collect();
    wanting.sort_by_key(|found| std::cmp::Reverse(found.pods));
    for found in wanting.iter().take(NAMED) {
        let what = html! { (pods(found.pods)) " of " (found.workload) " in " (found.namespace) " without a sidecar" };
        item(false, what, html! { "Their calls are neither metered nor gated. " code { (found.remedy) } });
    }
    let more = wanting.len().saturating_sub(NAMED) + coverage.more_uncovered;
    if more > 0 {
        item(
            false,
            html! { (more) " more workloads without a sidecar" },
            html! { "Health names them, and what to do." },
        );
    }
    let silent: u64 = coverage.silent.iter().map(|silent| silent.pods).sum();
    if silent > 0 {
        let what = html! { (pods(silent)) " whose sidecar does not hear the operator" };
        item(false, what, html! { (KEEPS_ITS_FLAGS) });
    }
    let spooling: u64 = coverage.sidecars.iter().map(|heard| heard.spooling).sum();
    if spooling > 0 {
        item(
            false,
            html! { (spooling) " sidecars have many rows that are not in the ledger yet" },
            html! { (SPOOLS) },
        );
    }
    items
}

const WITHOUT_OPERATOR: &str =
    "Sidecars go on with the flags they have; what is changed meanwhile reaches them when it is back.";
const KEEPS_ITS_FLAGS: &str = "Such a sidecar keeps the flags it has: see its log (kubectl -n NAMESPACE logs POD -c tollgate), and whether its namespace may reach the operator's port 7443.";
const SPOOLS: &str =
    "Nothing is lost, and figures lag behind: see what holds the database up, and whether pods reach it.";

fn pods(count: u64) -> Markup {
    html! { (count) @if count == 1 { " pod" } @else { " pods" } }
}

/// Those without a sidecar that did not ask to have none.
fn wanting(coverage: &Coverage) -> impl Iterator<Item = &Uncovered> {
    coverage.uncovered.iter().filter(|found| !found.opted_out)
}

fn said(coverage: &Coverage) -> jiff::Timestamp {
    jiff::Timestamp::from_second(coverage.at).unwrap_or_default()
}

fn is_away(coverage: &Coverage, context: &Context) -> bool {
    context.now.as_second() - coverage.at > AWAY_SECONDS
}

fn releases(coverage: &Coverage) -> BTreeMap<&str, Release> {
    let mut releases: BTreeMap<&str, Release> = BTreeMap::new();
    for heard in &coverage.sidecars {
        let sum = releases.entry(&heard.release).or_default();
        sum.sidecars += heard.sidecars;
        sum.quiet += heard.quiet;
        sum.spooling += heard.spooling;
    }
    releases
}

fn by_release(releases: &BTreeMap<&str, Release>) -> Markup {
    html! {
        div.scroll.part tabindex="0" {
            table {
                caption { "Sidecars by release and by how fresh what they know is" }
                thead { tr {
                    th scope="col" { "Release" } th.number scope="col" { "Sidecars" } th.number scope="col" { "Heard within 10 s" }
                    th.number scope="col" { "Quiet" } th.number scope="col" { "Many rows left" }
                } }
                tbody {
                    @for (release, Release { sidecars, quiet, spooling }) in releases {
                        tr {
                            th scope="row" { @if release.is_empty() { span.none { "not said yet" } } @else { (release) } }
                            td.number { (shown::count(*sidecars)) }
                            td.number { (shown::count(sidecars.saturating_sub(*quiet))) }
                            td.number { (shown::count(*quiet)) }
                            td.number { (shown::count(*spooling)) }
                        }
                    }
                }
            }
        }
    }
}

fn without(coverage: &Coverage) -> Markup {
    html! {
        h2 { "Pods without a sidecar" }
        div.scroll tabindex="0" {
            table {
                caption { "Workloads of labelled namespaces whose pods have no sidecar" }
                thead { tr { th scope="col" { "Workload" } th.number scope="col" { "Pods" } th scope="col" { "What to do" } } }
                tbody {
                    @for found in &coverage.uncovered {
                        tr {
                            th scope="row" { (found.workload) span.where { (found.namespace) } }
                            td.number { (found.pods) }
                            td { @if found.opted_out { "nothing: it says that it wants none, and may" } @else { code { (found.remedy) } } }
                        }
                    }
                }
            }
        }
        @if coverage.more_uncovered > 0 { p.hint { "And " (coverage.more_uncovered) " workloads more." } }
    }
}
