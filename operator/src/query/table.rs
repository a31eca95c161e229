//! What calls are summed from: the ledger's rows, its rollups, and the sums of those.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{
    clock::{DAY, HOUR, QUARTER, floor},
    filter::Dimension,
};
use crate::database::{
    calls::MERGED,
    rollup::{out_of_units, parts::CUTS},
};

/// By all calls, then by user; each coarser than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Rows,
    Hours,
    /// Of what of an hour came after midnights that cut it; each until the next or the hour's end.
    HourParts,
    /// Of six hours of a day (UTC).
    SixHours,
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

/// What is summed, as columns of a statement's lines.
pub(super) const FIGURES: [&str; 11] = [
    "calls",
    "refused_calls",
    "failed_calls",
    "unpriced_calls",
    "cost",
    "estimated_cost",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
];

/// What a table adds up for a figure, and of which of its lines.
type Sum = (&'static str, Option<&'static str>);

// === impl Table ===

impl Table {
    /// After `from`.
    pub(super) fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Rows => {
                return format!(
                    "public.provider_usage_logs cross join lateral (select {MERGED} as calls) merged"
                )
                .into();
            }
            Self::Hours => "public.usage_hourly",
            Self::HourParts => "public.usage_hour_parts",
            Self::SixHours => "public.usage_six_hourly",
            Self::Days => "public.usage_daily",
            Self::UserDays => "public.usage_users_daily",
            Self::UserWeeks => "public.usage_users_weekly",
            Self::UserTotalDays => "public.usage_user_totals_daily",
            Self::UserTotalWeeks => "public.usage_user_totals_weekly",
        };
        name.into()
    }

    /// When a line begins.
    pub(super) fn moment(self) -> &'static str {
        match self {
            Self::Rows => "created_at",
            Self::Hours => "hour",
            Self::HourParts => "since",
            Self::SixHours => "six_hours",
            Self::Days | Self::UserDays | Self::UserTotalDays => "day::timestamp",
            Self::UserWeeks | Self::UserTotalWeeks => "week::timestamp",
        }
    }

    /// The line's cluster.
    pub(super) fn cluster(self) -> &'static str {
        match self {
            Self::Rows => "coalesce(cluster, '')",
            Self::Hours
            | Self::HourParts
            | Self::SixHours
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
            Self::HourParts => each("since", "timestamptz", parts(stretches)),
            Self::SixHours => one_of(stretches, "six_hours", "timestamptz", QUARTER),
            Self::Days | Self::UserDays | Self::UserTotalDays => one_of(stretches, "day", "date", DAY),
            Self::UserWeeks | Self::UserTotalWeeks => one_of(stretches, "week", "date", 7 * DAY),
        }
    }

    /// What tells lines apart; a dimension that the table does not have is no word.
    pub(super) fn key(self, dimension: Dimension) -> String {
        match self {
            // as rollups have it
            Self::Rows => format!("left({}, {})", dimension.key(), dimension.most()),
            Self::Hours | Self::HourParts | Self::SixHours | Self::Days => dimension.column().to_owned(),
            Self::UserDays | Self::UserWeeks | Self::UserTotalDays | Self::UserTotalWeeks => {
                dimension.column_of_users().to_owned()
            }
        }
    }

    /// The columns that [`Self::sum`] is of.
    pub(super) fn summed(self) -> &'static str {
        match self {
            Self::Rows => {
                "calls, outcome, usage_source, cost_usd, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens"
            }
            Self::Hours | Self::HourParts | Self::SixHours | Self::Days => {
                "calls, unpriced_calls, outcome, usage_source, cost_usd, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens"
            }
            Self::UserDays => {
                "calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens, units"
            }
            Self::UserWeeks | Self::UserTotalDays | Self::UserTotalWeeks => {
                "calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens"
            }
        }
    }

    pub(super) fn sum(self, figure: &'static str) -> Sum {
        match self {
            Self::Rows if figure == "unpriced_calls" => ("calls", Some("cost_usd is null")),
            Self::Rows | Self::Hours | Self::HourParts | Self::SixHours | Self::Days => by_outcome(figure),
            Self::UserDays => by_user(out_of_units(figure)),
            Self::UserWeeks | Self::UserTotalDays | Self::UserTotalWeeks => by_user(figure),
        }
    }
}

/// Where lines are told apart by outcome and by where their usage is from.
fn by_outcome(figure: &'static str) -> Sum {
    match figure {
        "refused_calls" => ("calls", Some("outcome = 'refused'")),
        // the rollup by user counts the same
        "failed_calls" => ("calls", Some("outcome in ('provider_error', 'provider_closed', 'unreachable')")),
        "cost" => ("cost_usd", None),
        "estimated_cost" => ("cost_usd", Some("usage_source = 'estimated'")),
        column => (column, None),
    }
}

/// Where each has a column.
fn by_user(figure: &'static str) -> Sum {
    match figure {
        "cost" => ("cost_usd", None),
        "estimated_cost" => ("estimated_usd", None),
        column => (column, None),
    }
}

/// Moments of these stretches.
pub(super) fn among(stretches: &[(i64, i64)], column: &str) -> String {
    let stretches: Vec<String> = stretches
        .iter()
        .map(|(from, until)| format!("{column} >= to_timestamp({from}) and {column} < to_timestamp({until})"))
        .collect();
    format!("({})", stretches.join(" or "))
}

/// Those that begin in a stretch, of which one begins each `step` seconds.
pub(super) fn one_of(stretches: &[(i64, i64)], column: &str, kind: &str, step: i64) -> String {
    let aligned = step.min(DAY); // weeks begin where their stretch does
    let first = |from: i64| (from + aligned - 1).div_euclid(aligned) * aligned;
    let all = stretches.iter().flat_map(|(from, until)| {
        std::iter::successors(Some(first(*from)), move |at| Some(at + step)).take_while(move |at| at < until)
    });
    each(column, kind, all)
}

/// The cuts of these stretches, each of which is of one hour.
fn parts(stretches: &[(i64, i64)]) -> impl Iterator<Item = i64> {
    stretches.iter().flat_map(|(from, until)| {
        let day = floor(*from, DAY);
        CUTS.into_iter().map(move |cut| day + cut).filter(move |cut| (*from..*until).contains(cut))
    })
}

fn each(column: &str, kind: &str, all: impl Iterator<Item = i64>) -> String {
    let all = all.filter_map(|at| Timestamp::from_second(at).ok()).map(|at| at.to_string());
    format!("{column} = any('{{{}}}'::{kind}[])", all.collect::<Vec<_>>().join(","))
}
