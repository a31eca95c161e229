//! The words: what, how much, since when, who causes it, what will happen, and the command that stops it.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use tollgate_alerts::{plan::Dimension, window};
use tollgate_crds::alert::{Action, ThresholdSpec, UsageAlertSpec};

use super::{
    causes::Causes,
    events::{Event, asks},
};
use crate::index::AlertKey;

/// One message: some events of one alert.
#[derive(Clone, Debug)]
pub struct Message {
    /// The same whenever it is sent again.
    pub id: String,
    pub alert: AlertKey,
    pub uid: String,
    pub told: Vec<Told>,
    /// A trial: nothing happened.
    pub trial: bool,
}

/// One event, in words and for programs.
#[derive(Clone, Debug)]
pub struct Told {
    pub event: Event,
    /// Which group, by dimension.
    pub group: Vec<(&'static str, Option<String>)>,
    pub summary: String,
    pub lines: Vec<String>,
}

/// So many events of one message are told at length.
const AT_LENGTH: usize = 10;
/// So many bytes of a name stand in a subject; the text has all of it.
const SHORT_NAME: usize = 100;

/// An event in words. Nothing of what calls said is in it: the ledger has none of that.
pub fn told(alert: &AlertKey, spec: &UsageAlertSpec, event: Event, causes: &Causes) -> Told {
    let group: Vec<_> = spec.group_by.iter().map(|by| name(*by)).zip(event.group.iter().cloned()).collect();
    let whose = whose(&group);
    let threshold = spec.thresholds.iter().find(|threshold| asks(threshold) == event.threshold);
    let unit = unit(&event.metric);
    let value = format!("{}{unit}", round(&event.value));
    let zone = spec.window.time_zone.as_deref().and_then(window::zone).unwrap_or(TimeZone::UTC);
    let clock = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let what = match (event.firing, threshold) {
        (true, Some(threshold)) => asked(threshold, &event, unit),
        (true, None) => "has reached a threshold".to_owned(),
        (false, _) => "is below its threshold again".to_owned(),
    };
    let metric = event.metric.to_lowercase();
    let summary = format!("{alert}{whose}: {metric} {value} {what}");
    let since = match &spec.window.rolling {
        Some(rolling) => format!("in the last {rolling}"),
        None => format!("since {}", clock(event.window.0)),
    };
    let mut lines = vec![format!("{value} {since}, as of {}.", clock(event.at))];
    if event.firing {
        lines.extend(will(spec, threshold, &event, unit, &clock));
        for (title, list) in [
            ("Workloads", &causes.workloads),
            ("Features", &causes.features),
            ("Users", &causes.users),
            ("Models", &causes.models),
        ] {
            if !list.is_empty() {
                let most: Vec<String> =
                    list.iter().map(|(who, much)| format!("{who} {}{unit}", round(much))).collect();
                lines.push(format!("{title}: {}.", most.join(", ")));
            }
        }
        lines.extend(stop(alert, &group, causes));
    }
    Told { event, group, summary, lines }
}

fn asked(threshold: &ThresholdSpec, event: &Event, unit: &str) -> String {
    let reached = event.threshold_value.as_deref().map(|amount| format!("{}{unit}", round(amount)));
    let reached = reached.unwrap_or_default();
    match (&threshold.above, &threshold.anomaly) {
        (Some(above), _) => {
            let part = if above.ends_with('%') { format!(" ({above} of the limit)") } else { String::new() };
            match threshold.projected {
                Some(true) => format!("will reach {reached}{part}"),
                _ => format!("has reached {reached}{part}"),
            }
        }
        (None, Some(anomaly)) => {
            let more = if reached.is_empty() { String::new() } else { format!(" (more than {reached})") };
            format!("is more than {} times the usual at this time{more}", anomaly.factor)
        }
        (None, None) => "has reached a threshold".to_owned(),
    }
}

/// What will happen.
fn will(
    spec: &UsageAlertSpec,
    threshold: Option<&ThresholdSpec>,
    event: &Event,
    unit: &str,
    clock: &impl Fn(Timestamp) -> String,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(projected), None) = (&event.projected, &spec.window.rolling) {
        let range = event.projected_range.as_ref();
        let range = range.map(|(low, high)| {
            format!(", four times of five between {} and {}{unit}", round(low), round(high))
        });
        lines.push(format!(
            "If it goes on like this: {}{unit} by {}{}.",
            round(projected),
            clock(event.window.1),
            range.unwrap_or_default()
        ));
    }
    let disables = |threshold: &ThresholdSpec| threshold.action() == Action::Disable;
    let has_a_limit =
        |threshold: &ThresholdSpec| threshold.above.is_some() && threshold.projected != Some(true);
    let until = match &spec.window.rolling {
        Some(rolling) => format!("until less was used in the last {rolling}"),
        None => format!("until {}", clock(event.window.1)),
    };
    if let Some(threshold) = threshold.filter(|threshold| disables(threshold)) {
        let until = match spec.window.rolling.is_some() && !has_a_limit(threshold) {
            true => "while it holds".to_owned(),
            false => until,
        };
        lines.push(format!("Its calls are refused {until}."));
    } else if let Some(next) = spec.thresholds.iter().find(|next| disables(next) && has_a_limit(next)) {
        let above = next.above.as_deref().unwrap_or_default();
        lines.push(format!("At {above} its calls will be refused {until}."));
    }
    lines
}

/// The command that stops it.
fn stop(alert: &AlertKey, group: &[(&'static str, Option<String>)], causes: &Causes) -> Option<String> {
    let of = |wanted: &str| {
        group.iter().find(|(dimension, _)| *dimension == wanted).and_then(|(_, value)| value.clone())
    };
    let feature = of("feature").or_else(|| causes.features.first().map(|(feature, _)| feature.clone()))?;
    let workload = || causes.workloads.first().and_then(|(who, _)| Some(who.split_once('/')?.0.to_owned()));
    let namespace = alert.namespace.clone().or_else(|| of("namespace")).or_else(workload)?;
    // Whoever names a feature is an app: what is no name of a flag goes into no command.
    if !tollgate_crds::validate::is_feature_name(&feature) {
        return None;
    }
    let flag = json!({
        "apiVersion": tollgate_crds::API_VERSION, "kind": "FeatureFlag",
        "metadata": {"name": feature, "namespace": namespace}, "spec": {"enabled": false},
    });
    Some(format!("To switch the feature {feature} off: echo '{flag}' | kubectl apply -f -"))
}

fn whose(group: &[(&'static str, Option<String>)]) -> String {
    let one = |(dimension, value): &(&str, Option<String>)| match value {
        Some(value) => format!("{dimension} {value}"),
        None => format!("no {dimension}"),
    };
    match group {
        [] => String::new(),
        _ => format!(" ({})", group.iter().map(one).collect::<Vec<_>>().join(", ")),
    }
}

/// As the status and webhooks have it.
pub fn name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Feature => "feature",
        Dimension::User => "user",
        Dimension::Provider => "provider",
        Dimension::Model => "model",
        Dimension::Namespace => "namespace",
    }
}

fn unit(metric: &str) -> &'static str {
    match metric {
        "Cost" => " USD",
        "Tokens" => " tokens",
        "Calls" => " calls",
        _ => " errors",
    }
}

/// For people: at most four digits behind the point; of less than that the first two, for a little is not nothing.
pub fn round(amount: &str) -> String {
    let Some((whole, rest)) = amount.split_once('.') else { return amount.to_owned() };
    let zeros = rest.bytes().take_while(|digit| *digit == b'0').count();
    let is_little = whole.bytes().all(|digit| matches!(digit, b'0' | b'-')) && zeros >= 4;
    let digits = if is_little { zeros + 2 } else { 4 };
    let Some(rest) = rest.get(..digits).filter(|kept| kept.len() < rest.len()) else {
        return amount.to_owned();
    };
    format!("{whole}.{rest}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

// === impl Message ===

impl Message {
    /// A trial of an alert.
    pub fn trial(alert: &AlertKey, uid: &str, id: String) -> Self {
        Self { id, alert: alert.clone(), uid: uid.to_owned(), told: Vec::new(), trial: true }
    }

    /// One line, and no longer than a mail's may be (998 bytes): who users are, apps say, and at length.
    pub fn subject(&self) -> String {
        match self.told.as_slice() {
            [] => format!("[Tollgate] {}: a trial message, nothing has happened", self.alert),
            [only] => format!("[Tollgate] {}", only.shortly()),
            [first, rest @ ..] => format!("[Tollgate] {} (and {} more)", first.shortly(), rest.len()),
        }
    }

    /// All of it.
    pub fn text(&self) -> String {
        if self.trial {
            return format!(
                "This is a trial of {}, by `tollgate alert test`. Nothing has happened; this receiver works.\n",
                self.alert
            );
        }
        let mut text = String::new();
        for told in self.told.iter().take(AT_LENGTH) {
            text.push_str(&format!("{}.\n", told.summary));
            told.lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
            text.push('\n');
        }
        if let Some(more) = self.told.len().checked_sub(AT_LENGTH).filter(|more| *more > 0) {
            text.push_str(&format!("And {more} more.\n"));
        }
        text
    }

    /// How bad the worst of it is.
    pub fn severity(&self) -> &'static str {
        let is =
            |wanted: &str| self.told.iter().any(|told| told.event.firing && told.event.severity == wanted);
        if is("Critical") {
            "Critical"
        } else if is("Warning") {
            "Warning"
        } else {
            "Info"
        }
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let events: Vec<Value> = self.told.iter().map(Told::json).collect();
        json!({
            "version": 1, "message": self.id, "trial": self.trial,
            "alert": {
                "kind": self.alert.kind().name(), "namespace": self.alert.namespace, "name": self.alert.name, "uid": self.uid,
            },
            "subject": self.subject(), "text": self.text(), "events": events,
        })
    }
}

// === impl Told ===

impl Told {
    pub fn state(&self) -> &'static str {
        if self.event.firing { "firing" } else { "resolved" }
    }

    /// The summary, without most of what is long of names in it.
    fn shortly(&self) -> String {
        let long =
            self.group.iter().filter_map(|(_, name)| name.as_deref()).filter(|name| name.len() > SHORT_NAME);
        long.fold(self.summary.clone(), |summary, name| {
            summary.replacen(name, &format!("{}…", &name[..name.floor_char_boundary(SHORT_NAME)]), 1)
        })
    }

    fn json(&self) -> Value {
        let Event {
            id,
            at,
            window,
            metric,
            value,
            threshold_value,
            projected,
            projected_range,
            severity,
            ..
        } = &self.event;
        let range = projected_range.as_ref().map(|(low, high)| json!({"low": low, "high": high}));
        let group: serde_json::Map<String, Value> =
            self.group.iter().map(|(dimension, value)| ((*dimension).to_owned(), json!(value))).collect();
        json!({
            "id": id, "state": self.state(), "at": at.to_string(), "group": group, "metric": metric, "value": value,
            "threshold": threshold_value, "projected": projected,
            "projectedRange": range, "severity": severity,
            "asks": serde_json::from_str::<Value>(&self.event.threshold).unwrap_or_default(),
            "window": {"start": window.0.to_string(), "end": window.1.to_string()}, "summary": self.summary,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_short_and_a_little_is_not_nothing() {
        let all = [
            "50",
            "0.25",
            "1.123456",
            "0.99999",
            "0.00001234",
            "0.000000000001",
            "0.0001",
            "0.0000",
            "3.00001",
        ];
        let shown = ["50", "0.25", "1.1234", "0.9999", "0.000012", "0.000000000001", "0.0001", "0.0000", "3"];
        assert_eq!(all.map(round), shown);
    }

    #[test]
    fn a_subject_fits_a_line_of_a_mail_and_says_how_much_whoever_the_user_is() {
        let at: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        for user in ["W".repeat(1_024), "😀".repeat(256)] {
            let event = Event {
                id: 1,
                threshold: String::new(),
                group: vec![Some(user.clone())],
                seq: 1,
                firing: true,
                at,
                window: (at, at),
                metric: "Cost".to_owned(),
                value: "4.5".to_owned(),
                threshold_value: None,
                projected: None,
                projected_range: None,
                severity: "Warning".to_owned(),
                silent: false,
            };
            let spec: UsageAlertSpec = serde_json::from_value(json!({
                "groupBy": ["User"], "window": {"calendar": "Day"}, "thresholds": [{"metric": "Cost", "above": "4"}],
            }))
            .unwrap();
            let key = AlertKey { namespace: Some("n".repeat(63)), name: "a".repeat(253) };
            let told = told(&key, &spec, event, &Causes::default());
            assert!(told.summary.contains(&user));
            let message =
                Message { told: vec![told], trial: false, ..Message::trial(&key, "uid", "id".to_owned()) };
            let subject = message.subject();
            assert!(subject.len() < 900 && subject.contains("…): cost 4.5 USD"), "{subject}");
            assert!(message.text().contains(&user));
        }
    }

    #[test]
    fn a_forecast_is_told_with_where_it_ends_four_times_of_five() {
        let spec: UsageAlertSpec = serde_json::from_value(json!({
            "window": {"calendar": "Day", "timeZone": "Europe/Berlin"}, "limit": {"metric": "Cost", "amount": "50"},
            "thresholds": [{"above": "100%", "projected": true}],
        }))
        .unwrap();
        let at = |time: &str| time.parse().unwrap();
        let event = Event {
            id: 1,
            threshold: asks(&spec.thresholds[0]),
            group: Vec::new(),
            seq: 1,
            firing: true,
            at: at("2026-11-28T12:00:00Z"),
            window: (at("2026-11-27T23:00:00Z"), at("2026-11-28T23:00:00Z")),
            metric: "Cost".to_owned(),
            value: "30.5".to_owned(),
            threshold_value: Some("50".to_owned()),
            projected: Some("61.25".to_owned()),
            projected_range: Some(("55.123456".to_owned(), "70".to_owned())),
            severity: "Warning".to_owned(),
            silent: false,
        };
        let key = AlertKey { namespace: Some("shop".to_owned()), name: "daily".to_owned() };
        let told = told(&key, &spec, event, &Causes::default());
        assert_eq!(
            told.lines[1],
            "If it goes on like this: 61.25 USD by 2026-11-29 00:00 CET, four times of five between 55.1234 and 70 USD."
        );
        assert_eq!(told.json()["projectedRange"], json!({"low": "55.123456", "high": "70"}));
    }
}
