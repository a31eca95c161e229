//! Medians over the rounds, as a table and as one line of JSON.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::{
    scenario::{ASKED, JSON, MAX, STREAM, STREAMS_MAX, Sample, Seen},
    target::{DIRECT, DIRECT_AGAIN, TOLLGATE, Target},
};

/// All samples so far, by target, a round each.
pub(crate) struct Rounds(Vec<(&'static str, Vec<Sample>)>);

/// What one target shows over all rounds. Added times are against `direct` of the same round.
struct Medians {
    added_p50_us: i64,
    added_p99_us: i64,
    /// The least and the most of `added_p50_us`: how far to trust it.
    added_p50_range: (i64, i64),
    max_rps: i64,
    /// ns of CPU a call.
    cpu: i64,
    sse_added_first_byte_us: i64,
    sse_asked_added_first_byte_us: i64,
    sse_added_total_us: i64,
    sse_max_streams: i64,
    /// ns of CPU a stream.
    sse_cpu: i64,
    rss_kib: i64,
}

// === impl Rounds ===

impl Rounds {
    pub(crate) fn new(targets: &[Target]) -> Rounds {
        Rounds(targets.iter().map(|target| (target.name, Vec::new())).collect())
    }

    pub(crate) fn add(&mut self, target: &Target, sample: Sample) {
        if let Some((_, samples)) = self.0.iter_mut().find(|(name, _)| *name == target.name) {
            samples.push(sample);
        }
    }

    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "{:<12} {:>24} {:>10} {:>10} {:>10} {:>13} {:>13} {:>10} {:>9}\n",
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
        for (name, samples) in &self.0 {
            let medians = self.medians(samples);
            let (least, most) = medians.added_p50_range;
            let added = format!("{} ({least}…{most})", medians.added_p50_us);
            // a String takes every write
            let _ = writeln!(
                table,
                "{name:<12} {added:>24} {:>10} {:>10} {:>10} {:>13} {:>13} {:>10} {:>9}",
                medians.added_p99_us,
                medians.max_rps,
                thousandths(medians.cpu / 1000),
                medians.sse_added_first_byte_us,
                medians.sse_asked_added_first_byte_us,
                medians.sse_max_streams,
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
        for (name, samples) in &self.0 {
            let medians = self.medians(samples);
            match *name {
                DIRECT => {}
                DIRECT_AGAIN => {
                    fields.insert("noise_p50_us".to_owned(), medians.added_p50_us.into());
                    fields.insert("noise_p99_us".to_owned(), medians.added_p99_us.into());
                }
                TOLLGATE => medians.put("", &mut fields),
                peer => medians.put(&format!("{}_", peer.replace('-', "_")), &mut fields),
            }
        }
        fields.insert("behind_nginx_p50_us".to_owned(), self.behind("nginx", |seen| seen.p50).into());
        fields.insert("behind_nginx_p99_us".to_owned(), self.behind("nginx", |seen| seen.p99).into());
        let restarts = self.samples(TOLLGATE).iter().flat_map(|sample| &sample.restarts).copied();
        fields.insert("restart_ms".to_owned(), decimal(&thousandths(median(restarts))));
        fields.insert("rounds".to_owned(), self.samples(DIRECT).len().into());
        fields.insert("rows".to_owned(), rows.into());
        Value::Object(fields)
    }

    fn samples(&self, wanted: &str) -> &[Sample] {
        self.0.iter().find(|(name, _)| *name == wanted).map_or(&[], |(_, samples)| samples)
    }

    /// How far the sidecar is behind a peer in the calls at 500 a second, in the same round.
    fn behind(&self, peer: &str, of: fn(&Seen) -> u64) -> i64 {
        let pairs = self.samples(TOLLGATE).iter().zip(self.samples(peer));
        median(pairs.map(|(ours, theirs)| signed(of(&ours.seen[JSON])) - signed(of(&theirs.seen[JSON]))))
    }

    fn medians(&self, samples: &[Sample]) -> Medians {
        let added = |scenario: usize, of: fn(&Seen) -> u64| {
            let pairs = samples.iter().zip(self.samples(DIRECT));
            pairs.map(move |(sample, direct)| {
                signed(of(&sample.seen[scenario])) - signed(of(&direct.seen[scenario]))
            })
        };
        let seen = |scenario: usize, of: fn(&Seen) -> u64| {
            median(samples.iter().map(|sample| of(&sample.seen[scenario])))
        };
        let p50 = || added(JSON, |seen| seen.p50);
        Medians {
            added_p50_us: median(p50()),
            added_p99_us: median(added(JSON, |seen| seen.p99)),
            added_p50_range: (p50().min().unwrap_or(0), p50().max().unwrap_or(0)),
            max_rps: seen(MAX, |seen| seen.rps),
            cpu: seen(MAX, |seen| seen.cpu_ns),
            sse_added_first_byte_us: median(added(STREAM, |seen| seen.first_byte)),
            sse_asked_added_first_byte_us: median(added(ASKED, |seen| seen.first_byte)),
            sse_added_total_us: median(added(STREAM, |seen| seen.p50)),
            sse_max_streams: seen(STREAMS_MAX, |seen| seen.rps),
            sse_cpu: seen(STREAMS_MAX, |seen| seen.cpu_ns),
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
        put("sse_added_first_byte_us", self.sse_added_first_byte_us.into());
        put("sse_asked_added_first_byte_us", self.sse_asked_added_first_byte_us.into());
        put("sse_added_total_us", self.sse_added_total_us.into());
        put("sse_max_streams", self.sse_max_streams.into());
        put("sse_cpu_s_per_1k", decimal(&thousandths(self.sse_cpu / 1000)));
    }
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
