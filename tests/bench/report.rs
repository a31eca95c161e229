//! Medians over the rounds, as a table and as one line of JSON.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::{
    scenario::{ASKED, JSON, MAX, STREAM, STREAMS_MAX, Sample, Seen},
    target::{DIRECT, DIRECT_AGAIN, DIRECT_TLS, NGINX, NGINX_TLS, TLS, TOLLGATE, Target},
};

/// All samples so far, by target, a round each.
pub(crate) struct Rounds(Vec<(Target, Vec<Sample>)>);

/// What one target shows over all rounds. Added times are against what it stands beside, in the same round.
struct Medians {
    added_p50_us: i64,
    added_p99_us: i64,
    /// The least and the most of `added_p50_us`: how far to trust it.
    added_p50_range: (i64, i64),
    max_rps: i64,
    /// ns of CPU a call.
    cpu: i64,
    /// Where streams were measured, too.
    streams: Option<StreamMedians>,
    rss_kib: i64,
}

struct StreamMedians {
    added_first_byte_us: i64,
    asked_added_first_byte_us: i64,
    added_total_us: i64,
    max: i64,
    /// ns of CPU a stream.
    cpu: i64,
}

// === impl Rounds ===

impl Rounds {
    pub(crate) fn new(targets: &[Target]) -> Rounds {
        Rounds(targets.iter().map(|target| (*target, Vec::new())).collect())
    }

    pub(crate) fn add(&mut self, target: &Target, sample: Sample) {
        if let Some((_, samples)) = self.0.iter_mut().find(|(known, _)| known.name == target.name) {
            samples.push(sample);
        }
    }

    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "{:<14} {:>24} {:>10} {:>10} {:>10} {:>13} {:>13} {:>10} {:>9}\n",
            "median of",
            "added p50 µs (range)",
            "p99 µs",
            "calls/s",
            "CPU-s/1k",
            "1st byte µs",
            "…asked µs",
            "streams/s",
            "RSS MiB"
        );
        for (target, samples) in &self.0 {
            let (name, medians) = (target.name, self.medians(target, samples));
            let (least, most) = medians.added_p50_range;
            let added = format!("{} ({least}…{most})", medians.added_p50_us);
            // a String takes every write
            let _ = writeln!(
                table,
                "{name:<14} {added:>24} {:>10} {:>10} {:>10} {:>13} {:>13} {:>10} {:>9}",
                medians.added_p99_us,
                medians.max_rps,
                thousandths(medians.cpu / 1000),
                of_streams(&medians, |streams| streams.added_first_byte_us),
                of_streams(&medians, |streams| streams.asked_added_first_byte_us),
                of_streams(&medians, |streams| streams.max),
                mib(medians.rss_kib),
            );
        }
        let direct = self.samples(DIRECT);
        let json = |of: fn(&Seen) -> u64| median(direct.iter().map(|sample| of(&sample.seen[JSON])));
        let _ = write!(
            table,
            "direct itself, at 500/s: p50 {} µs, p99 {} µs",
            json(|seen| seen.p50),
            json(|seen| seen.p99)
        );
        table
    }

    /// The fields of the RESULT line: ours plain, those of the others with their name in front.
    pub(crate) fn json(&self, rows: u64) -> Value {
        let mut fields = Map::new();
        for (target, samples) in &self.0 {
            let medians = self.medians(target, samples);
            match target.name {
                DIRECT | DIRECT_TLS => {}
                DIRECT_AGAIN => {
                    fields.insert("noise_p50_us".to_owned(), medians.added_p50_us.into());
                    fields.insert("noise_p99_us".to_owned(), medians.added_p99_us.into());
                }
                TOLLGATE => medians.put("", &mut fields),
                peer => medians.put(&format!("{}_", peer.replace('-', "_")), &mut fields),
            }
        }
        fields.insert("behind_nginx_p50_us".to_owned(), self.behind(TOLLGATE, NGINX, |seen| seen.p50).into());
        fields.insert("behind_nginx_p99_us".to_owned(), self.behind(TOLLGATE, NGINX, |seen| seen.p99).into());
        fields.insert(
            "tls_behind_nginx_p50_us".to_owned(),
            self.behind(TLS, NGINX_TLS, |seen| seen.p50).into(),
        );
        fields.insert(
            "tls_behind_nginx_p99_us".to_owned(),
            self.behind(TLS, NGINX_TLS, |seen| seen.p99).into(),
        );
        let restarts = self.samples(TOLLGATE).iter().flat_map(|sample| &sample.restarts).copied();
        fields.insert("restart_ms".to_owned(), decimal(&thousandths(median(restarts))));
        fields.insert("rounds".to_owned(), self.samples(DIRECT).len().into());
        fields.insert("rows".to_owned(), rows.into());
        Value::Object(fields)
    }

    fn samples(&self, wanted: &str) -> &[Sample] {
        self.0.iter().find(|(target, _)| target.name == wanted).map_or(&[], |(_, samples)| samples)
    }

    /// How far one of ours is behind a peer in the calls at 500 a second, in the same round.
    fn behind(&self, ours: &str, peer: &str, of: fn(&Seen) -> u64) -> i64 {
        let pairs = self.samples(ours).iter().zip(self.samples(peer));
        median(pairs.map(|(ours, theirs)| signed(of(&ours.seen[JSON])) - signed(of(&theirs.seen[JSON]))))
    }

    fn medians(&self, target: &Target, samples: &[Sample]) -> Medians {
        let added = |scenario: usize, of: fn(&Seen) -> u64| {
            let pairs = samples.iter().zip(self.samples(target.beside));
            pairs.map(move |(sample, direct)| {
                signed(of(&sample.seen[scenario])) - signed(of(&direct.seen[scenario]))
            })
        };
        let seen = |scenario: usize, of: fn(&Seen) -> u64| {
            median(samples.iter().map(|sample| of(&sample.seen[scenario])))
        };
        let calls = target.loads[0];
        let p50 = || added(calls, |seen| seen.p50);
        Medians {
            added_p50_us: median(p50()),
            added_p99_us: median(added(calls, |seen| seen.p99)),
            added_p50_range: (p50().min().unwrap_or(0), p50().max().unwrap_or(0)),
            max_rps: seen(MAX, |seen| seen.rps),
            cpu: seen(MAX, |seen| seen.cpu_ns),
            streams: target.loads.contains(&STREAM).then(|| StreamMedians {
                added_first_byte_us: median(added(STREAM, |seen| seen.first_byte)),
                asked_added_first_byte_us: median(added(ASKED, |seen| seen.first_byte)),
                added_total_us: median(added(STREAM, |seen| seen.p50)),
                max: seen(STREAMS_MAX, |seen| seen.rps),
                cpu: seen(STREAMS_MAX, |seen| seen.cpu_ns),
            }),
            rss_kib: median(samples.iter().map(|sample| sample.rss_kib)),
        }
    }
}

// === impl Medians ===

impl Medians {
    fn put(&self, prefix: &str, fields: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Value| fields.insert(format!("{prefix}{name}"), value);
        put("added_p50_us", self.added_p50_us.into());
        put("added_p99_us", self.added_p99_us.into());
        put("rss_mib", decimal(&mib(self.rss_kib)));
        put("max_rps", self.max_rps.into());
        put("cpu_s_per_1k", decimal(&thousandths(self.cpu / 1000)));
        let Some(streams) = &self.streams else { return };
        put("sse_added_first_byte_us", streams.added_first_byte_us.into());
        put("sse_asked_added_first_byte_us", streams.asked_added_first_byte_us.into());
        put("sse_added_total_us", streams.added_total_us.into());
        put("sse_max_streams", streams.max.into());
        put("sse_cpu_s_per_1k", decimal(&thousandths(streams.cpu / 1000)));
    }
}

/// A cell of the table: empty where no streams were measured.
fn of_streams(medians: &Medians, figure: fn(&StreamMedians) -> i64) -> String {
    medians.streams.as_ref().map_or_else(String::new, |streams| figure(streams).to_string())
}

fn median<N: TryInto<i64>>(values: impl Iterator<Item = N>) -> i64 {
    let mut values: Vec<i64> = values.filter_map(|value| value.try_into().ok()).collect();
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => 0,
        even if even % 2 == 0 => i64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// `33` as `0.033`.
pub(crate) fn thousandths(value: i64) -> String {
    format!("{}.{:03}", value / 1000, value % 1000)
}

pub(crate) fn mib(kib: i64) -> String {
    format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024)
}

/// A decimal written here as a JSON number.
pub(crate) fn decimal(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_lies_between_the_two_in_the_middle() {
        assert_eq!(median([5_u64, 1, 9].into_iter()), 5);
        assert_eq!(median([-4_i64, 2, 8, 4].into_iter()), 3);
    }

    #[test]
    fn decimals_keep_their_zeros() {
        assert_eq!(thousandths(33), "0.033");
        assert_eq!(mib(12 * 1024 + 512), "12.5");
        assert_eq!(decimal("0.033").to_string(), "0.033");
    }
}
