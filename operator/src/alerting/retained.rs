//! Windows that are longer than calls are kept.

use tollgate_crds::alert::{Calendar, UsageAlertSpec, minutes};

use crate::settings::Retention;

/// What to write instead of a window that is longer than calls are kept here.
pub fn too_long(spec: &UsageAlertSpec, retention: Retention) -> Option<String> {
    let days = i64::from(retention.usage_days);
    let (field, needed) = match (&spec.window.rolling, spec.window.calendar) {
        (Some(rolling), _) => ("rolling", minutes(rolling)?),
        (None, Some(Calendar::Day)) => ("calendar", 1440),
        (None, Some(Calendar::Week)) => ("calendar", 7 * 1440),
        (None, Some(Calendar::Month)) => ("calendar", 31 * 1440),
        (None, None) => return None,
    };
    (needed > days * 1440).then(|| {
        format!(
            "spec.window.{field}: calls are kept {days} days here, the window is longer; write a shorter one, or raise \
             retention.usageDays in the chart's values"
        )
    })
}
