//! `make bench WHAT=alerts`: how soon anomalies are found, how often nothing is one, how well windows' ends are told.
//!
//! Each seed makes 36 days of ten features' traffic, from two calls an hour to hundreds a minute, with 20 planted incidents from the
//! fifteenth day on, in one of four manners: offices ([`traffic`]), single people ([`people`]), backends ([`services`]) or
//! curves with noise ([`plain`]); `MANNER` takes one. It goes through alerts as
//! `tollgate alert replay` runs them, with `anomaly: {factor: "3", baseline: 336h}` over a rolling 10 minutes, a threshold a metric, by
//! feature. An incident counts by each metric in which it shows ([`incident::Incident::shows`]). Projections are asked for at the middle of each
//! calendar day and week, from the second week on. `SEED` (1) is the first of `SEEDS` (5); the worst of them is the result.
//! `QUICK=1` leaves forecasts and the round out. `DUMP=file` writes the first seed's lines.

#![expect(clippy::float_arithmetic, reason = "figures of a bench")]

mod dice;
mod incident;
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
    let mut worst = Score::default();
    for seed in first..first + number("SEEDS", 5)? {
        let traffic = made(seed);
        if seed == first
            && let Ok(path) = env::var("DUMP")
        {
            dump(&traffic, &path)?;
        }
        let score = score::of(&traffic)?;
        println!("seed {seed} ({}, {} lines): {score}", manner(seed), traffic.lines.len());
        worst = worst.worse(score);
    }
    let round = if env::var("QUICK").is_ok() { 0.0 } else { round::seconds()? };
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

fn made(seed: u64) -> Traffic {
    match manner(seed) {
        "people" => people::people(seed, FEATURES, DAYS, INCIDENTS),
        "plain" => plain::plain(seed, FEATURES, DAYS, INCIDENTS),
        "services" => services::services(seed, FEATURES, DAYS, INCIDENTS),
        _ => traffic::offices(seed, FEATURES, DAYS, INCIDENTS),
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
