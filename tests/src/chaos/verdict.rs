//! The provider's own book beside the ledger: each call that was billed, and each of its units.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    faults::Fault,
    load::{Asked, Attempt, Saw},
    scene::{DATABASE, Scene, Troubles},
};
use crate::{
    harness::postgres,
    standin::book::{Entry, Tokens},
};

/// What came of it.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Calls in the book with something to pay.
    pub billed: usize,
    /// In the book, and in no row of any kind.
    pub missing: Vec<String>,
    /// The same, begun after the last report of a pod that was deleted by force.
    pub unwitnessed: usize,
    /// As many as can be begun in a report's interval in those pods.
    pub unwitnessed_bound: usize,
    /// In more than one row.
    pub double: Vec<String>,
    /// Rows that say to have the provider's figures, and have others.
    pub wrong: Vec<String>,
    /// Rows with an estimate, by the fault that they name.
    pub estimated: BTreeMap<String, usize>,
    /// By how much all estimates together miss what was billed, in percent of it.
    pub estimate_error_pct: i64,
    pub faults: BTreeMap<Fault, u64>,
    /// Refused, though no feature was off.
    pub refused_while_enabled: usize,
    /// Calls that came to no good end, though nobody had asked for that and their sidecar was there.
    pub failed_by_us: Vec<String>,
    /// Rows of the ledger, and what the rollups say differently of them.
    pub rows: usize,
    pub rollup: Option<String>,
}

/// A row, as far as it is compared.
struct Row {
    source: String,
    outcome: String,
    fault: String,
    tokens: Units,
}

/// Input, output, read from a cache, written to one, reasoning.
type Units = [u64; 5];

pub(super) fn judge(
    scene: &Scene,
    attempts: &[Attempt],
    troubles: &Troubles,
    faults: &BTreeMap<Fault, u64>,
) -> Result<Verdict> {
    let url = scene.postgres.url(DATABASE);
    let (rows, count) = read(&url)?;
    let by_tag: HashMap<&str, &Attempt> =
        attempts.iter().map(|attempt| (attempt.tag.as_str(), attempt)).collect();
    let mut verdict = Verdict {
        billed: 0,
        missing: Vec::new(),
        unwitnessed: 0,
        unwitnessed_bound: attempts.iter().filter(|attempt| unheard(attempt, troubles)).count(),
        double: Vec::new(),
        wrong: Vec::new(),
        estimated: BTreeMap::new(),
        estimate_error_pct: 0,
        faults: faults.clone(),
        refused_while_enabled: attempts.iter().filter(|attempt| attempt.saw == Saw::Whole(403)).count(),
        failed_by_us: attempts.iter().filter_map(|attempt| failed_by_us(attempt, troubles)).collect(),
        rows: count,
        rollup: rollup(&url)?,
    };
    for lot in [Asked::ProviderCut, Asked::ClientBreak] {
        ensure!(attempts.iter().any(|attempt| attempt.asked == lot), "no call was {lot:?}: too few of them");
    }
    let (mut guessed, mut billed) = (0_i64, 0_i64);
    for entry in scene.standin.entries() {
        let units = units(&entry.tokens);
        if entry.status != 200 || units == Units::default() {
            continue;
        }
        verdict.billed += 1;
        let tag = entry.tag.as_deref().context("each call has a tag")?;
        match rows.get(tag).map_or(&[][..], Vec::as_slice) {
            [] => match by_tag.get(tag).is_some_and(|attempt| unheard(attempt, troubles)) {
                true => verdict.unwitnessed += 1,
                false => verdict.missing.push(format!("{tag}: {}", told(by_tag.get(tag).copied(), &entry))),
            },
            [row] if row.source == "provider" && row.tokens == units => {}
            [row] if row.source == "provider" => {
                verdict.wrong.push(format!("{tag}: {:?} in the ledger, {units:?} in the book", row.tokens));
            }
            [row] => {
                *verdict.estimated.entry(format!("{} {}", row.outcome, row.fault)).or_default() += 1;
                guessed += i64::try_from(row.tokens[0] + row.tokens[1])?;
                billed += i64::try_from(units[0] + units[1])?;
            }
            many => verdict.double.push(format!("{tag}: {} rows", many.len())),
        }
    }
    verdict.estimate_error_pct = (guessed - billed) * 100 / billed.max(1);
    Ok(verdict)
}

/// By the call's tag, which is the row's user.
fn read(url: &str) -> Result<(HashMap<String, Vec<Row>>, usize)> {
    let text = postgres::query(
        url,
        "select user_id, usage_source, outcome, coalesce(metadata #>> '{estimate,fault}', ''),
                input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens
         from provider_usage_logs",
    )?;
    let mut rows: HashMap<String, Vec<Row>> = HashMap::new();
    let mut count = 0;
    for line in text.lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let [tag, source, outcome, fault, tokens @ ..] = fields.as_slice() else {
            anyhow::bail!("no row: {line}");
        };
        let mut units = Units::default();
        for (unit, text) in units.iter_mut().zip(tokens) {
            *unit = text.parse().with_context(|| line.to_owned())?;
        }
        count += 1;
        rows.entry((*tag).to_owned()).or_default().push(Row {
            source: (*source).to_owned(),
            outcome: (*outcome).to_owned(),
            fault: (*fault).to_owned(),
            tokens: units,
        });
    }
    Ok((rows, count))
}

fn units(tokens: &Tokens) -> Units {
    let Tokens {
        input_tokens,
        cached_input_tokens,
        cache_write_5m_tokens,
        cache_write_1h_tokens,
        output_tokens,
        reasoning_tokens,
    } = *tokens;
    let written = cache_write_5m_tokens + cache_write_1h_tokens;
    [input_tokens, output_tokens, cached_input_tokens, written, reasoning_tokens]
}

/// Begun when nobody could hear of it any more.
fn unheard(attempt: &Attempt, troubles: &Troubles) -> bool {
    troubles
        .forced
        .iter()
        .any(|(pod, unheard_since, _)| *pod == attempt.pod && attempt.began >= *unheard_since)
}

fn failed_by_us(attempt: &Attempt, troubles: &Troubles) -> Option<String> {
    let Attempt { tag, pod, looked, began: _, ended, asked, saw } = attempt;
    let during = |from: &Instant, until: &Instant| from <= ended && looked <= until;
    let excused = troubles.down.iter().any(|(down, from, until)| down == pod && during(from, until))
        || troubles.provider.iter().any(|(from, until)| during(from, until));
    let failed = match (asked, saw) {
        (_, Saw::Whole(200)) | (Asked::ClientBreak, Saw::Left) => false,
        (Asked::ProviderCut, _) => false,
        (Asked::Good | Asked::ClientBreak, _) => true,
    };
    (failed && !excused).then(|| format!("{tag} in {pod}: {saw:?}"))
}

fn told(attempt: Option<&Attempt>, entry: &Entry) -> String {
    match attempt {
        Some(Attempt { pod, saw, began, ended, .. }) => {
            format!(
                "{} in {pod}, {saw:?} after {:?}, {:?}",
                entry.id,
                ended.duration_since(*began),
                entry.ending
            )
        }
        None => format!("{}, called by nobody", entry.id),
    }
}

/// sum(rows) = sum(rollup), of calls, of each unit and of money. What differs.
fn rollup(url: &str) -> Result<Option<String>> {
    const SUMS: &str = "sum(cost_usd), sum(tokens_used), sum(input_tokens), sum(output_tokens), \
                        sum(cached_input_tokens), sum(cache_write_tokens), sum(reasoning_tokens)";
    let raw = postgres::query(url, &format!("select count(*), {SUMS} from provider_usage_logs"))?;
    let rolled = postgres::query(url, &format!("select sum(calls), {SUMS} from usage_hourly"))?;
    let exact = |text: &str| -> Vec<String> {
        let trimmed = |sum: &str| match sum.contains('.') {
            true => sum.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => sum.to_owned(),
        };
        text.split('|').map(trimmed).collect()
    };
    Ok((exact(&raw) != exact(&rolled)).then(|| format!("rows {raw}, rollup {rolled}")))
}

// === impl Verdict ===

impl Verdict {
    pub fn estimated_calls(&self) -> usize {
        self.estimated.values().sum()
    }

    /// Everything that may never happen and did; empty when all is well.
    pub fn broken_promises(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut none = |what: &str, found: &[String]| {
            if !found.is_empty() {
                let shown: Vec<_> = found.iter().take(10).map(String::as_str).collect();
                broken.push(format!("{} {what}:\n  {}", found.len(), shown.join("\n  ")));
            }
        };
        none("missing", &self.missing);
        none("double", &self.double);
        none("wrong", &self.wrong);
        none("failed by us", &self.failed_by_us);
        if self.unwitnessed > self.unwitnessed_bound {
            broken.push(format!("{} unwitnessed, at most {}", self.unwitnessed, self.unwitnessed_bound));
        }
        if self.refused_while_enabled > 0 {
            broken.push(format!("{} refused while enabled", self.refused_while_enabled));
        }
        if let Some(rollup) = &self.rollup {
            broken.push(format!("the rollup is not the sum of its rows: {rollup}"));
        }
        broken
    }

    pub fn json(&self) -> Value {
        let faults: serde_json::Map<String, Value> =
            self.faults.iter().map(|(fault, count)| (format!("{fault:?}"), json!(count))).collect();
        json!({
            "billed": self.billed,
            "rows": self.rows,
            "missing": self.missing.len(),
            "unwitnessed": self.unwitnessed,
            "unwitnessed_bound": self.unwitnessed_bound,
            "double": self.double.len(),
            "wrong": self.wrong.len(),
            "estimated": self.estimated_calls(),
            "estimated_by_fault": self.estimated,
            "estimate_error_pct": self.estimate_error_pct,
            "faults": faults,
            "refused_while_enabled": self.refused_while_enabled,
            "failed_by_us": self.failed_by_us.len(),
            "sum_raw_is_sum_rollup": self.rollup.is_none(),
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "billed {} calls, {} rows", self.billed, self.rows)?;
        writeln!(
            f,
            "missing {}, double {}, wrong {}",
            self.missing.len(),
            self.double.len(),
            self.wrong.len()
        )?;
        writeln!(f, "unwitnessed {} (at most {})", self.unwitnessed, self.unwitnessed_bound)?;
        writeln!(
            f,
            "estimated {} ({} in 10,000): {:?}; together {:+} % beside what was billed",
            self.estimated_calls(),
            self.estimated_calls() * 10_000 / self.billed.max(1),
            self.estimated,
            self.estimate_error_pct
        )?;
        writeln!(
            f,
            "refused while enabled {}, failed by us {}",
            self.refused_while_enabled,
            self.failed_by_us.len()
        )?;
        write!(f, "faults {:?}", self.faults)?;
        for broken in self.broken_promises() {
            write!(f, "\nBROKEN: {broken}")?;
        }
        Ok(())
    }
}
