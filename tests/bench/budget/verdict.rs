//! What the provider's book says was billed, beside the limit and the callers' watches.

use std::{collections::HashMap, fmt, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tollgate_tests::{
    harness::{fleet::Fleet, wait},
    standin::book::Book,
};

use super::{callers::Attempt, course::Course};
use crate::report::decimal;

/// In pico-USD where nothing else is said.
pub(super) struct Verdict {
    sidecars: usize,
    limit: u64,
    billed: u64,
    /// What calls cost beyond what was set aside for them, that were open when those that had begun came to the limit.
    in_flight: u64,
    /// What calls cost that began later, and that nobody had answered for.
    unanswered: u64,
    /// From then until a pod's last call went up: of 99 of 100 pods, no longer.
    p99: Duration,
    /// What calls took beyond the provider's own time, 99 of 100 no longer: those before a twentieth of the limit was left, and those after.
    before: Duration,
    near: Duration,
    /// The same beyond what half of the calls before took, which waited for no grant: machine, provider and caller take that.
    near_waited: Duration,
    early: usize,
    calls: usize,
    unsaid: u64,
}

/// gpt-4o: 2.50 USD a million tokens in, 10 out.
const INPUT: u64 = 2_500_000;
const OUTPUT: u64 = 10_000_000;
const P99: Duration = Duration::from_millis(1_500);

// === impl Verdict ===

impl Verdict {
    pub(super) fn of(fleet: &Fleet, attempts: &[Attempt], limit: u64, latency: Duration) -> Result<Verdict> {
        let mut costs: HashMap<String, u64> = HashMap::new();
        for entry in Book::lines(&fleet.standin.book)? {
            let cost = entry.tokens.input_tokens * INPUT + entry.tokens.output_tokens * OUTPUT;
            // A second line of one says how it ended, where that was not well.
            costs.entry(entry.tag.context("every call has a tag")?).or_insert(cost);
        }
        let course = Course::of(attempts, &costs);
        // Where the limit was never reached, nothing was left once it was not enough for a call; or what was refused tells when.
        let usual = costs.values().sum::<u64>() / costs.len().max(1) as u64;
        let first_refusal =
            attempts.iter().filter(|attempt| attempt.status == 403).map(|attempt| attempt.ended).min();
        let crossed = course
            .reached(limit)
            .or_else(|| course.reached(limit.saturating_sub(usual)))
            .or(first_refusal)
            .context("no call was refused")?;
        let nearing = course.reached(limit / 20 * 19).unwrap_or(crossed);
        let passed = || attempts.iter().filter(|attempt| attempt.status == 200);
        let waits = |is_near: bool| {
            let of = passed().filter(|attempt| (attempt.began >= nearing) == is_near);
            let mut waits: Vec<Duration> =
                of.map(|attempt| (attempt.ended - attempt.began).saturating_sub(latency)).collect();
            let of_99 = of_99(&mut waits);
            (waits.get(waits.len() / 2).copied().unwrap_or_default(), of_99)
        };
        let ((usual, before), (_, near)) = (waits(false), waits(true));
        let mut last = vec![Duration::ZERO; fleet.pods.len()];
        for attempt in passed() {
            let after = attempt.ended.saturating_sub(latency).saturating_sub(crossed);
            last[attempt.pod] = last[attempt.pod].max(after);
        }
        let unsaid = fleet
            .pods
            .iter()
            .map(|pod| pod.sidecar.metrics().sum("tollgate_fail_open_total", &[("reason", "BudgetUnknown")]))
            .sum();
        Ok(Verdict {
            sidecars: fleet.pods.len(),
            limit,
            billed: costs.values().sum(),
            in_flight: course.beyond_reservations(crossed),
            unanswered: unanswered_since(fleet, crossed, costs.len())?,
            p99: of_99(&mut last),
            before,
            near,
            near_waited: near.saturating_sub(usual),
            early: course.refused_before(limit / 100 * 99, attempts),
            calls: costs.len(),
            unsaid,
        })
    }

    fn overshoot(&self) -> u64 {
        self.billed.saturating_sub(self.limit)
    }

    fn unused(&self) -> u64 {
        self.limit.saturating_sub(self.billed)
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "sidecars": self.sidecars,
            "limit_usd": usd(self.limit),
            "worst_overshoot_usd": usd(self.overshoot()),
            "in_flight_usd": usd(self.in_flight),
            "unanswered_usd": usd(self.unanswered),
            "unused_usd": usd(self.unused()),
            "p99_ms": self.p99.as_millis() as u64,
            "early_refusals": self.early,
            "calls": self.calls,
            "unsaid": self.unsaid,
            "overhead_p99_ms": self.before.as_millis() as u64,
            "near_limit_overhead_p99_ms": self.near.as_millis() as u64,
            "near_limit_wait_p99_ms": self.near_waited.as_millis() as u64,
        })
    }

    pub(super) fn broken_promises(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut hold = |holds: bool, what: &str| {
            if !holds {
                broken.push(what.to_owned());
            }
        };
        hold(self.overshoot() <= self.in_flight, "more was billed above the limit than calls in flight cost");
        hold(self.p99 <= P99, "it took longer until all were refused");
        hold(self.unused() * 100 <= self.limit, "more than a hundredth was left unused");
        hold(self.early == 0, "calls were refused while more than a hundredth was left");
        broken
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} calls of {} sidecars; {} USD were billed of {}; {} above, {} below; calls in flight {}, later ones without an answer {}; all refused after {} ms \
             (p99); {} refused early; {} passed without an answer; beyond the provider's time calls took {} ms (p99), {} once a twentieth was left, {} of that for a grant",
            self.calls,
            self.sidecars,
            usd(self.billed),
            usd(self.limit),
            usd(self.overshoot()),
            usd(self.unused()),
            usd(self.in_flight),
            usd(self.unanswered),
            self.p99.as_millis(),
            self.early,
            self.unsaid,
            self.before.as_millis(),
            self.near.as_millis(),
            self.near_waited.as_millis(),
        )
    }
}

/// What the ledger says of calls that began since, and passed without an answer.
fn unanswered_since(fleet: &Fleet, since: Duration, calls: usize) -> Result<u64> {
    // Where calls failed there are more.
    wait::within(wait::DEADLINE, || {
        let rows = fleet.ask("select count(*) from provider_usage_logs where outcome <> 'refused'");
        match rows.map(|rows| rows.parse::<usize>()) {
            Ok(Ok(rows)) if rows >= calls => Ok(()),
            rows => Err(format!("{calls} calls in the ledger, found {rows:?}")),
        }
    })
    .map_err(anyhow::Error::msg)?;
    let cost = fleet.ask(&format!(
        "select trunc(coalesce(sum(cost_usd), 0) * 1000000000000) from provider_usage_logs
         where metadata ->> 'gate' = 'BudgetUnknown' and created_at > to_timestamp({})",
        since.as_secs_f64()
    ))?;
    cost.parse().context("a number of pico-USD")
}

/// 99 of 100 are no longer.
fn of_99(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    let last = (times.len() * 99).div_ceil(100).max(1) - 1;
    times.get(last).copied().unwrap_or_default()
}

fn usd(picos: u64) -> Value {
    decimal(&format!("{}.{:06}", picos / 1_000_000_000_000, picos / 1_000_000 % 1_000_000))
}
