//! How long a page takes, by its slowest forms: each time it is asked for something else, as far as there is something else.

use std::{net::SocketAddr, time::Instant};

use anyhow::{Result, ensure};
use tollgate_tests::harness::{console::Browser, interrupt};

const TIMES: usize = 20;
const ZONES: [&str; 5] = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"];
/// `F` is a feature of 50, `N` its namespace, `Z` a zone.
const PAGES: [(&str, &str); 16] = [
    ("overview", "/?zone=Z"),
    ("features", "/features?zone=Z"),
    ("feature", "/features/N/F?zone=Z"),
    ("feature_90d", "/features/N/F?range=90d&zone=Z"),
    ("explore_by_feature_90d", "/explore?range=90d&by=feature&zone=Z"),
    ("explore_by_model_90d", "/explore?range=90d&by=provider,model&namespace=N&zone=Z"),
    ("explore_users_of_feature_90d", "/explore?range=90d&by=user&feature=F&zone=Z"),
    ("explore_all_users_90d", "/explore?range=90d&by=user&zone=Z"),
    ("calls", "/calls?range=7d&feature=F&zone=Z"),
    ("audit", "/audit?zone=Z"),
    ("prices", "/prices?zone=Z"),
    ("unattributed", "/unattributed?zone=Z"),
    ("alerts", "/alerts?zone=Z"),
    ("health", "/health?zone=Z"),
    ("api_usage_90d", "/api/v1/usage?range=90d&by=feature&step=day&zone=Z"),
    ("focus_last_month", "/focus.csv?range=last-month&namespace=N"),
];

/// How long a page took, in microseconds.
pub(super) struct Took {
    pub(super) name: &'static str,
    pub(super) p50: i64,
    /// The second slowest of twenty.
    pub(super) p95: i64,
}

pub(super) fn measure(console: SocketAddr, browser: &Browser) -> Result<Vec<Took>> {
    let mut measured = Vec::new();
    for (name, page) in PAGES {
        let mut all = Vec::new();
        for time in 0..TIMES {
            interrupt::check()?;
            let feature = (time * 7 + measured.len()) % 50;
            let address = page
                .replace('F', &format!("feature-{feature:02}"))
                .replace('N', &format!("team-{}", feature % 10))
                .replace('Z', ZONES[time % ZONES.len()]);
            let asked = Instant::now();
            let reply = browser.get(&address).send(console);
            all.push(i64::try_from(asked.elapsed().as_micros())?);
            ensure!(
                reply.status() == 200 && !reply.text().contains("No figures."),
                "{address}: {} {}",
                reply.status(),
                reply.text()
            );
        }
        all.sort_unstable();
        measured.push(Took { name, p50: all[TIMES / 2], p95: all[TIMES - 2] });
    }
    Ok(measured)
}
