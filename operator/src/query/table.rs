//! What calls are summed from: the ledger's rows, its rollups, and the sums of those.

use jiff::Timestamp;

use super::{
    filter::Dimension,
    sources::{DAY, HOUR},
};
use crate::database::rollup::{CACHE_WRITE_TOKENS, CACHED_INPUT_TOKENS, REASONING_TOKENS};

/// By all calls, then by user; each coarser than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Rows,
    Hours,
    /// Of all hours of a day (UTC).
    Days,
    /// By user, and by provider and model.
    UserDays,
    /// By user of a feature.
    UserWeeks,
    /// By user alone, for those who read all namespaces.
    UserTotalDays,
    UserTotalWeeks,
}

/// So many stretches of hours are told by their edges; more of them hour by hour, which is one look into an index.
const FEW: usize = 3;

/// Names of a figure, what a table adds up for it, and of which of its lines.
type Sum = (&'static str, &'static str, Option<&'static str>);

const REFUSED: Option<&str> = Some("outcome = 'refused'");
/// What `failed_calls` counts; the rollup by user counts the same.
const FAILED: Option<&str> = Some("outcome in ('provider_error', 'provider_closed', 'unreachable')");
const ESTIMATED: Option<&str> = Some("usage_source = 'estimated'");

const OF_ROWS: [Sum; 11] = [
    ("calls", "merged.calls", None),
    ("refused_calls", "merged.calls", REFUSED),
    ("failed_calls", "merged.calls", FAILED),
    ("unpriced_calls", "merged.calls", Some("cost_usd is null")),
    ("cost", "cost_usd", None),
    ("estimated_cost", "cost_usd", ESTIMATED),
    ("input_tokens", "input_tokens", None),
    ("output_tokens", "output_tokens", None),
    ("cached_input_tokens", "cached_input_tokens", None),
    ("cache_write_tokens", "cache_write_tokens", None),
    ("reasoning_tokens", "reasoning_tokens", None),
];

const BY_OUTCOME: [Sum; 11] = [
    ("calls", "calls", None),
    ("refused_calls", "calls", REFUSED),
    ("failed_calls", "calls", FAILED),
    ("unpriced_calls", "unpriced_calls", None),
    ("cost", "cost_usd", None),
    ("estimated_cost", "cost_usd", ESTIMATED),
    ("input_tokens", "input_tokens", None),
    ("output_tokens", "output_tokens", None),
    ("cached_input_tokens", "cached_input_tokens", None),
    ("cache_write_tokens", "cache_write_tokens", None),
    ("reasoning_tokens", "reasoning_tokens", None),
];

const BY_USER: [Sum; 11] = [
    ("calls", "calls", None),
    ("refused_calls", "refused_calls", None),
    ("failed_calls", "failed_calls", None),
    ("unpriced_calls", "unpriced_calls", None),
    ("cost", "cost_usd", None),
    ("estimated_cost", "estimated_usd", None),
    ("input_tokens", "input_tokens", None),
    ("output_tokens", "output_tokens", None),
    ("cached_input_tokens", "cached_input_tokens", None),
    ("cache_write_tokens", "cache_write_tokens", None),
    ("reasoning_tokens", "reasoning_tokens", None),
];

const BY_USER_AND_UNIT: [Sum; 11] = [
    ("calls", "calls", None),
    ("refused_calls", "refused_calls", None),
    ("failed_calls", "failed_calls", None),
    ("unpriced_calls", "unpriced_calls", None),
    ("cost", "cost_usd", None),
    ("estimated_cost", "estimated_usd", None),
    ("input_tokens", "input_tokens", None),
    ("output_tokens", "output_tokens", None),
    ("cached_input_tokens", CACHED_INPUT_TOKENS, None),
    ("cache_write_tokens", CACHE_WRITE_TOKENS, None),
    ("reasoning_tokens", REASONING_TOKENS, None),
];

// === impl Table ===

impl Table {
    /// After `from`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rows => {
                "public.provider_usage_logs
                 cross join lateral (
                     select case when metadata ->> 'merged' ~ '^[1-9][0-9]{0,8}$' then (metadata ->> 'merged')::bigint else 1 end as calls
                 ) merged"
            }
            Self::Hours => "public.usage_hourly",
            Self::Days => "public.usage_daily",
            Self::UserDays => "public.usage_users_daily",
            Self::UserWeeks => "public.usage_users_weekly",
            Self::UserTotalDays => "public.usage_user_totals_daily",
            Self::UserTotalWeeks => "public.usage_user_totals_weekly",
        }
    }

    /// When a line begins.
    pub(super) fn moment(self) -> &'static str {
        match self {
            Self::Rows => "created_at",
            Self::Hours => "hour",
            Self::Days | Self::UserDays | Self::UserTotalDays => "day::timestamp",
            Self::UserWeeks | Self::UserTotalWeeks => "week::timestamp",
        }
    }

    /// The line's cluster.
    pub(super) fn cluster(self) -> &'static str {
        match self {
            Self::Rows => "coalesce(cluster, '')",
            Self::Hours
            | Self::Days
            | Self::UserDays
            | Self::UserWeeks
            | Self::UserTotalDays
            | Self::UserTotalWeeks => "cluster",
        }
    }

    /// Lines that begin in one of these stretches, in Unix seconds. Written into the text, so that partitions which are not asked for are not
    /// looked at. Days are named one by one, which an index finds beside the words before them.
    pub(super) fn within(self, stretches: &[(i64, i64)]) -> String {
        match self {
            Self::Rows => among(stretches, "created_at"),
            Self::Hours if stretches.len() <= FEW => among(stretches, "hour"),
            Self::Hours => one_of(stretches, "hour", "timestamptz", HOUR),
            Self::Days | Self::UserDays | Self::UserTotalDays => one_of(stretches, "day", "date", DAY),
            Self::UserWeeks | Self::UserTotalWeeks => one_of(stretches, "week", "date", 7 * DAY),
        }
    }

    /// What tells lines apart; a dimension that the table does not have is no word.
    pub(super) fn key(self, dimension: Dimension) -> String {
        match self {
            // as rollups have it
            Self::Rows => {
                let most = if dimension == Dimension::Provider { 64 } else { 253 };
                format!("left({}, {most})", dimension.key())
            }
            Self::Hours | Self::Days => dimension.column().to_owned(),
            Self::UserDays | Self::UserWeeks | Self::UserTotalDays | Self::UserTotalWeeks => {
                dimension.column_of_users().to_owned()
            }
        }
    }

    pub(super) fn sums(self) -> &'static [Sum; 11] {
        match self {
            Self::Rows => &OF_ROWS,
            Self::Hours | Self::Days => &BY_OUTCOME,
            Self::UserDays => &BY_USER_AND_UNIT,
            Self::UserWeeks | Self::UserTotalDays | Self::UserTotalWeeks => &BY_USER,
        }
    }
}

fn among(stretches: &[(i64, i64)], column: &str) -> String {
    let stretches: Vec<String> = stretches
        .iter()
        .map(|(from, until)| format!("{column} >= to_timestamp({from}) and {column} < to_timestamp({until})"))
        .collect();
    format!("({})", stretches.join(" or "))
}

/// Those that begin in a stretch, of which one begins each `step` seconds.
fn one_of(stretches: &[(i64, i64)], column: &str, kind: &str, step: i64) -> String {
    let aligned = step.min(DAY); // weeks begin where their stretch does
    let first = |from: i64| (from + aligned - 1).div_euclid(aligned) * aligned;
    let all = stretches.iter().flat_map(|(from, until)| {
        std::iter::successors(Some(first(*from)), move |at| Some(at + step)).take_while(move |at| at < until)
    });
    let all: Vec<String> =
        all.filter_map(|at| Timestamp::from_second(at).ok()).map(|at| at.to_string()).collect();
    format!("{column} = any('{{{}}}'::{kind}[])", all.join(","))
}
