//! What alerts said of traffic, beside what was planted.

use std::{collections::BTreeMap, error::Error, fmt};

use serde_json::{Value, json};
use tollgate_alerts::{engine::Engine, plan, replay::Replay, spec, traffic as rows};

use crate::traffic::{DAY, METRICS, Metric, Traffic};

const ANOMALIES: &str = r#"
apiVersion: tollgate.dev/v1alpha1
kind: ClusterUsageAlert
metadata: {name: odd}
spec:
  groupBy: [Feature]
  window: {rolling: 10m}
  thresholds:
  - {metric: Calls, anomaly: {factor: "3", baseline: 336h}}
  - {metric: Cost, anomaly: {factor: "3", baseline: 336h}}
  - {metric: Errors, anomaly: {factor: "3", baseline: 336h}}
  - {metric: Tokens, anomaly: {factor: "3", baseline: 336h}}
"#;
const BUDGETS: &str = r#"
apiVersion: tollgate.dev/v1alpha1
kind: ClusterUsageAlert
metadata: {name: day}
spec:
  groupBy: [Feature]
  window: {calendar: Day, timeZone: Europe/Berlin}
  thresholds: [{metric: Cost, above: 1000000}, {metric: Calls, above: 1000000000}]
---
apiVersion: tollgate.dev/v1alpha1
kind: ClusterUsageAlert
metadata: {name: week}
spec:
  groupBy: [Feature]
  window: {calendar: Week, timeZone: America/New_York}
  thresholds: [{metric: Cost, above: 1000000}, {metric: Calls, above: 1000000000}]
"#;
/// A window still holds what came before.
const WINDOW: i64 = 10;

#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    known: Found,
    /// Incidents of which nobody could be sure in ten minutes.
    near_chance: Found,
    false_alarms: usize,
    /// Of forecasts, where they were asked for.
    error_pct: Option<f64>,
    cover_pct: Vec<f64>,
}

/// How soon incidents were found.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    after: i64,
    missed: usize,
    planted: usize,
}

/// What began to fire: when, of which feature, by which metric, and the line.
type Alarm = (i64, String, Metric, Value);

/// What a window was said to hold at its end.
struct Told {
    engine: usize,
    group: String,
    metric: spec::Metric,
    until: i64,
    value: f64,
    range: Option<(f64, f64)>,
}

pub(crate) fn of(traffic: &Traffic) -> Result<Score, Box<dyn Error>> {
    let lines = anomalies(traffic)?;
    let mut score = Score::default();
    let verbose = std::env::var("VERBOSE").is_ok();
    for incident in &traffic.incidents {
        for metric in METRICS.into_iter().filter(|metric| incident.shows(*metric)) {
            let found = lines.iter().find(|(at, feature, of, _)| {
                *feature == traffic.features[incident.feature]
                    && *of == metric
                    && (incident.begins() + 1..incident.until + WINDOW).contains(at)
            });
            let is_known = incident.chance.is_known(metric, incident.kind);
            let of = if is_known { &mut score.known } else { &mut score.near_chance };
            of.saw(found.map(|(at, ..)| at - incident.from));
            if verbose && found.is_none_or(|(at, ..)| at - incident.from > 10) {
                println!(
                    "  {}{metric:?} of {:?} ×{:.1} in {} at {}: was {:.4} usual {:.4} ever {:.4} strays {:.4} ({:.1} calls, usual {:.1}); {:?} {:?} min",
                    if is_known { "" } else { "near chance: " },
                    incident.kind,
                    incident.factor,
                    traffic.features[incident.feature],
                    incident.from - traffic.first,
                    incident.was.of(metric),
                    incident.usual.of(metric),
                    incident.ever.of(metric),
                    incident.strays.of(metric),
                    incident.was.calls,
                    incident.usual.calls,
                    incident.chance,
                    found.map(|(at, ..)| at - incident.from)
                );
            }
        }
    }
    let mut alarms: BTreeMap<&str, i64> = BTreeMap::new();
    for (at, feature, metric, line) in &lines {
        let explained = traffic.incidents.iter().any(|incident| {
            *feature == traffic.features[incident.feature]
                && (incident.begins()..=incident.until + WINDOW).contains(at)
        });
        // one alarm is told by several metrics
        let told = alarms.insert(feature, *at).is_some_and(|before| *at - before < 30);
        if !explained && !told {
            score.false_alarms += 1;
        }
        if verbose && !explained {
            println!("  false: {metric:?} {line} minute {}", at - traffic.first);
        }
    }
    Ok(score)
}

/// What began to fire.
fn anomalies(traffic: &Traffic) -> Result<Vec<Alarm>, Box<dyn Error>> {
    let mut replay = Replay::new(plan::read(ANOMALIES)?);
    let mut lines = Vec::new();
    for line in &traffic.lines {
        lines.extend(replay.take(&rows::read(&serde_json::to_string(line)?)?)?);
    }
    lines.extend(replay.finish());
    let firing = lines.into_iter().filter(|line| line["state"] == "firing");
    firing
        .map(|line| {
            let time: jiff::Timestamp = line["time"].as_str().unwrap_or_default().parse()?;
            let feature = line["group"]["feature"].as_str().unwrap_or_default().to_owned();
            let metric = METRICS.into_iter().find(|metric| line["metric"] == format!("{metric:?}"));
            Ok((time.as_second() / 60, feature, metric.ok_or("a metric of another name")?, line))
        })
        .collect()
}

/// The same, and how well windows' ends are told.
pub(crate) fn with_projections(traffic: &Traffic) -> Result<Score, Box<dyn Error>> {
    let (errors, covers) = projections(traffic)?;
    let covered = covers.iter().filter(|covered| **covered).count() as f64;
    let cover_pct = vec![100.0 * covered / covers.len().max(1) as f64];
    Ok(Score { error_pct: Some(median(errors)), cover_pct, ..of(traffic)? })
}

/// Errors at mid-window in percent, and whether the range had the value.
fn projections(traffic: &Traffic) -> Result<(Vec<f64>, Vec<bool>), Box<dyn Error>> {
    let mut engines: Vec<Engine> = plan::read(BUDGETS)?.into_iter().map(Engine::new).collect();
    let mut sums: BTreeMap<(usize, String, i64, bool), f64> = BTreeMap::new();
    let mut told: Vec<Told> = Vec::new();
    let mut at = 0;
    for minute in traffic.first..traffic.first + traffic.days * DAY {
        let bounds: Vec<(i64, i64)> =
            engines.iter().map(|engine| engine.plan().window.bounds(minute)).collect();
        while let Some(line) = traffic.lines.get(at).filter(|line| line.minute == minute) {
            let row = rows::read(&serde_json::to_string(line)?)?;
            for (index, engine) in engines.iter_mut().enumerate() {
                engine.add(&row);
                let key = |cost| (index, line.feature.clone(), bounds[index].1, cost);
                *sums.entry(key(true)).or_default() += line.amounts().cost;
                *sums.entry(key(false)).or_default() += line.amounts().calls;
            }
            at += 1;
        }
        for (index, engine) in engines.iter_mut().enumerate() {
            engine.close(minute, &mut Vec::new());
            let (from, until) = bounds[index];
            let whole = from >= traffic.first && until <= traffic.first + traffic.days * DAY;
            if minute + 1 != (from + until) / 2 || minute < traffic.first + 8 * DAY || !whole {
                continue;
            }
            for group in &traffic.features {
                for metric in [spec::Metric::Cost, spec::Metric::Calls] {
                    let Some(forecast) = engine.forecast(&vec![Some(group.clone())], metric) else {
                        continue;
                    };
                    let (value, range) = (forecast.value, forecast.range);
                    told.push(Told { engine: index, group: group.clone(), metric, until, value, range });
                }
            }
        }
    }
    let (mut errors, mut covers) = (Vec::new(), Vec::new());
    let mut by: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for Told { engine, group, metric, until, value, range } in told {
        let Some(sum) = sums.get(&(engine, group, until, metric == spec::Metric::Cost)) else { continue };
        errors.push(100.0 * (value - sum).abs() / sum.max(1e-9));
        if let Some((low, high)) = range {
            let covered = (low..=high).contains(sum);
            covers.push(covered);
            let by = by.entry(engine).or_default();
            *by = (by.0 + usize::from(covered), by.1 + 1);
        }
    }
    if std::env::var("VERBOSE").is_ok() {
        println!("  ranges by window: {by:?}");
    }
    Ok((errors, covers))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::MAX)
}

// === impl Found ===

impl Found {
    fn saw(&mut self, after: Option<i64>) {
        self.planted += 1;
        match after {
            Some(after) => self.after = self.after.max(after),
            None => self.missed += 1,
        }
    }

    fn worse(self, other: Self) -> Self {
        Self {
            after: self.after.max(other.after),
            missed: self.missed.max(other.missed),
            planted: self.planted + other.planted,
        }
    }
}

// === impl Score ===

impl Score {
    /// A second month's incidents of which nobody could be sure are its only ones that count.
    pub(crate) fn beside(self, second: &Self) -> Self {
        let both = self.near_chance.worse(second.near_chance);
        let missed = self.near_chance.missed + second.near_chance.missed;
        Self { near_chance: Found { missed, ..both }, ..self }
    }

    pub(crate) fn worse(mut self, other: Self) -> Self {
        self.cover_pct.extend(other.cover_pct);
        Self {
            known: self.known.worse(other.known),
            near_chance: self.near_chance.worse(other.near_chance),
            false_alarms: self.false_alarms.max(other.false_alarms),
            error_pct: self.error_pct.into_iter().chain(other.error_pct).reduce(f64::max),
            cover_pct: self.cover_pct,
        }
    }

    /// The worst coverage is the one farthest from what was promised.
    fn cover(&self) -> Option<f64> {
        self.cover_pct
            .iter()
            .copied()
            .max_by(|one, other| (one - 80.0).abs().total_cmp(&(other - 80.0).abs()))
    }

    pub(crate) fn json(&self, round_s: f64) -> Value {
        let short = |value: f64| (value * 100.0).round() / 100.0;
        json!({
            "found_after_min": self.known.after,
            "missed": self.known.missed,
            "false_alarms": self.false_alarms,
            "near_chance_found_after_min": self.near_chance.after,
            "near_chance_missed": self.near_chance.missed,
            "projection_error_pct": self.error_pct.map(short),
            "range_covers_pct": self.cover().map(short),
            "round_s": short(round_s),
        })
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "found after {} min at most, {} of {} missed", self.after, self.missed, self.planted)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} false alarms, near chance {}", self.known, self.false_alarms, self.near_chance)?;
        match (self.error_pct, self.cover()) {
            (Some(error), Some(cover)) => {
                write!(f, ", forecasts off by {error:.1} %, ranges cover {cover:.0} %")
            }
            _ => Ok(()),
        }
    }
}
