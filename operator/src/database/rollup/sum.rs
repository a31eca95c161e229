//! One table of sums as a statement that makes some of its lines anew.

/// Lines that are made anew, whole; written is what differs. `$1` is the cluster, `$2` and `$3` are the marked features.
pub(super) struct Sum {
    pub(super) table: &'static str,
    pub(super) keys: &'static str,
    /// Names, and of what they are the sums.
    pub(super) figures: Vec<(&'static str, &'static str)>,
    /// Which lines of the table, as `s`.
    pub(super) within: String,
    /// What they are made of, with a column for each key.
    pub(super) source: String,
}

/// What sums of hours have.
pub(super) const OF_HOURS: [&str; 8] = [
    "calls",
    "unpriced_calls",
    "cost_usd",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

/// A feature's lines stand together: read one by one they took four times as long.
const BY_FEATURE: &str = " order by namespace, feature";
/// A day's, of those that have no feature, and in it those of the users who are asked for: who cost most. A week's are written at once, and lay
/// over all of its pages.
const BY_USER: &str = " order by 2, cost_usd desc";

// === impl Sum ===

impl Sum {
    pub(super) fn statement(&self) -> String {
        let Self { table, keys, figures, within, source } = self;
        let names: Vec<&str> = figures.iter().map(|(name, _)| *name).collect();
        let sums: Vec<String> = figures
            .iter()
            .map(|(name, summed)| {
                if name.ends_with("_usd") {
                    format!("sum({summed}) as {name}")
                } else {
                    format!("least(coalesce(sum({summed}), 0), 9223372036854775807)::bigint as {name}")
                }
            })
            .collect();
        let of =
            |table: &str| keys.split(", ").map(|key| format!("{table}.{key}")).collect::<Vec<_>>().join(", ");
        // `given`: each takes the same values, whatever it uses of them
        format!(
            "with given as (select $2::text[], $3::text[]), fresh as materialized (
                 select {keys}, {sums} from {source} group by {keys}
             ), held as materialized (
                 select {keys}, {names} from public.{table} s where s.cluster = $1 and {within}
             ), gone as (
                 delete from public.{table} s using (select * from held except select * from fresh) stale
                 where s.cluster = $1 and {within} and ({of_line}) = ({of_stale})
             )
             insert into public.{table} ({keys}, {names}) select * from fresh except select * from held{together}",
            together = if keys.contains("feature") { BY_FEATURE } else { BY_USER },
            names = names.join(", "),
            sums = sums.join(", "),
            of_line = of("s"),
            of_stale = of("stale"),
        )
    }
}
