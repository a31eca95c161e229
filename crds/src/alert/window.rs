//! Over which time an alert counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Either the last so many minutes, or a calendar's day, week or month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::window_rules()))]
pub struct WindowSpec {
    /// The last so many minutes or hours, like 10m, 1h or 1h30m; at most 840h.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 2, max = 16), extend("x-kubernetes-validations" = crate::schema::DURATION.to_json()))]
    pub rolling: Option<String>,

    /// Since the day, the week or the month began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,

    /// The week's first day. Absent means Monday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week_start: Option<Weekday>,

    /// Whose midnight it is, like Europe/Berlin. Absent means UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64), regex(pattern = crate::schema::TIME_ZONE))]
    pub time_zone: Option<String>,
}

/// A calendar's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Calendar {
    Day,
    Week,
    Month,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// The minutes of a duration such as 10m, 1h, 1h30m or 14d; none where it is no such text, or nothing long.
pub fn minutes(text: &str) -> Option<i64> {
    let (mut total, mut number) = (0_i64, String::new());
    for character in text.chars() {
        let unit = match character {
            '0'..='9' if number.len() < 6 => {
                number.push(character);
                continue;
            }
            'm' => 1,
            'h' => 60,
            'd' => 1440,
            _ => return None,
        };
        total += number.parse::<i64>().ok()? * unit;
        number.clear();
    }
    (total > 0 && number.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn a_duration_is_whole_minutes_hours_and_days() {
        for (text, found) in [("10m", 10), ("1h", 60), ("1h30m", 90), ("14d", 20_160), ("336h", 20_160)] {
            assert_eq!(minutes(text), Some(found), "{text}");
        }
        for text in ["", "0m", "10", "m", "1h5", "-1h", "1.5h", "1s", "1234567m", "1 h"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
