//! `make bench WHAT=alerts`: how soon anomalies are found, how often nothing is one, how well windows' ends are told.
//!
//! Each seed makes 36 days of ten features' traffic, from two calls an hour to hundreds a minute, with 20 planted incidents from the
//! fifteenth day on, in one of four manners: offices ([`offices`]), single people ([`people`]), backends ([`services`]) or
//! curves with noise ([`plain`]); `MANNER` takes one. It goes through alerts as
//! `tollgate alert replay` runs them, with `anomaly: {factor: "3", baseline: 336h}` over a rolling 10 minutes, a threshold a metric, by
//! feature. An incident counts by each metric in which it shows ([`incident::Incident::shows`]), and is as large as it must be for ten minutes to suffice
//! ([`chance`]). A second month of each seed has them as they were drawn: those that are near chance there, or by one of their metrics, are counted apart. Projections are asked for at the middle of each
//! calendar day and week, from the second week on. `SEED` (1) is the first of `SEEDS` (5); the worst of them is the result.
//! `QUICK=1` leaves forecasts and the round out. `DUMP=file` writes the first seed's lines.

#![expect(clippy::float_arithmetic, reason = "figures of a bench")]

mod chance;
mod dice;
mod incident;
mod offices;
mod people;
mod plain;
mod round;
mod score;
mod services;
mod traffic;

use std::{
    env,
    error::Error,
    fs::File,
    io::{BufWriter, Write},
};

use crate::{score::Score, traffic::Traffic};

const FEATURES: usize = 10;
const DAYS: i64 = 36;
const INCIDENTS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let first = number("SEED", 1)?;
    let (is_quick, verbose) = (env::var("QUICK").is_ok(), env::var("VERBOSE").is_ok());
    let mut worst = Score::default();
    for seed in first..first + number("SEEDS", 5)? {
        let traffic = made(seed, true);
        if seed == first
            && let Ok(path) = env::var("DUMP")
        {
            dump(&traffic, &path)?;
        }
        let score = if is_quick { score::of(&traffic)? } else { score::with_projections(&traffic)? };
        if verbose {
            println!("  as they were drawn:");
        }
        let drawn = score::of(&made(seed, false))?;
        let score = score.beside(&drawn);
        println!(
            "seed {seed} ({}, {} lines): {score}; as they were drawn: {drawn}",
            manner(seed),
            traffic.lines.len()
        );
        worst = worst.worse(score);
    }
    let round = if is_quick { 0.0 } else { round::seconds()? };
    println!("RESULT {}", worst.json(round));
    Ok(())
}

fn manner(seed: u64) -> &'static str {
    match (env::var("MANNER").as_deref(), seed % 4) {
        (Ok("people"), _) => "people",
        (Ok("services"), _) => "services",
        (Ok("plain"), _) => "plain",
        (Ok("offices"), _) | (_, 1) => "offices",
        (_, 2) => "people",
        (_, 3) => "services",
        _ => "plain",
    }
}

fn made(seed: u64, may_grow: bool) -> Traffic {
    match manner(seed) {
        "people" => people::people(seed, FEATURES, DAYS, INCIDENTS, may_grow),
        "plain" => plain::plain(seed, FEATURES, DAYS, INCIDENTS, may_grow),
        "services" => services::services(seed, FEATURES, DAYS, INCIDENTS, may_grow),
        _ => offices::offices(seed, FEATURES, DAYS, INCIDENTS, may_grow),
    }
}

fn dump(traffic: &Traffic, path: &str) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    for line in &traffic.lines {
        serde_json::to_writer(&mut file, line)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}

fn number(name: &str, default: u64) -> Result<u64, Box<dyn Error>> {
    match env::var(name) {
        Ok(text) => text.parse().map_err(|_| format!("{name}: expected a number, found {text:?}").into()),
        Err(_) => Ok(default),
    }
}
