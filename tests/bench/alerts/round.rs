//! What a minute costs: a thousand alerts of a hundred groups each.

use std::{error::Error, time::Instant};

use tollgate_alerts::{engine::Engine, plan, traffic::Row};

use crate::dice::Dice;

const ALERTS: usize = 1_000;
const GROUPS: usize = 100;
/// Anomalies need a week to say anything.
const DAYS: i64 = 9;
const DAY: i64 = 1440;
/// A group has something so often, in the past.
const EVERY: i64 = 5;
const ROUNDS: i64 = 6;

/// Seconds of the slowest of some minutes in which every group has traffic. Half of the alerts watch for anomalies by calls, a quarter
/// project a month's cost, a quarter have plain limits.
pub(crate) fn seconds() -> Result<f64, Box<dyn Error>> {
    let specs = [
        "window: {rolling: 10m}, thresholds: [{metric: Calls, anomaly: {factor: '3', baseline: 336h}}]",
        "window: {calendar: Month, timeZone: Europe/Berlin}, thresholds: [{metric: Cost, above: 100000, projected: true}]",
        "window: {rolling: 10m}, thresholds: [{metric: Calls, anomaly: {factor: '3', baseline: 336h}}]",
        "window: {calendar: Day}, thresholds: [{metric: Cost, above: 50}]",
    ];
    let start = Instant::now();
    let mut engines = Vec::new();
    for at in 0..ALERTS {
        let text = format!(
            "{{apiVersion: tollgate.dev/v1alpha1, kind: ClusterUsageAlert, metadata: {{name: a{at}}}, spec: {{groupBy: [Feature], {}}}}}",
            specs[at % specs.len()]
        );
        engines.extend(plan::read(&text)?.into_iter().map(Engine::new));
    }
    let mut dice = Dice::new(7);
    let mut row = |minute: i64, group: usize| Row {
        minute,
        feature: Some(format!("f{group}")),
        calls: "3".parse().unwrap_or_default(),
        cost: format!("{:.6}", dice.between(0.001, 0.1)).parse().unwrap_or_default(),
        ..Row::default()
    };
    let mut changes = Vec::new();
    let past = (0..DAYS * DAY).step_by(EVERY as usize);
    let past: Vec<Vec<Row>> =
        past.map(|minute| (0..GROUPS).map(|group| row(minute, group)).collect()).collect();
    // one alert after the other: a quarter of a billion rows, each into memory that was just used
    for engine in &mut engines {
        for rows in &past {
            rows.iter().for_each(|row| engine.add(row));
            engine.remember(rows[0].minute);
        }
    }
    println!(
        "a thousand alerts of a hundred groups know {DAYS} days after {:.0} s",
        start.elapsed().as_secs_f64()
    );
    let mut slowest = 0.0_f64;
    for minute in DAYS * DAY..DAYS * DAY + ROUNDS {
        // one group in a hundred has far more than usual
        let rows: Vec<Row> = (0..GROUPS)
            .flat_map(|group| (0..if group == 0 { 20 } else { 1 }).map(move |_| group))
            .map(|group| row(minute, group))
            .collect();
        let start = Instant::now();
        for engine in &mut engines {
            rows.iter().for_each(|row| engine.add(row));
            engine.close(minute, &mut changes);
        }
        slowest = slowest.max(start.elapsed().as_secs_f64());
    }
    Ok(slowest)
}
