//! UsageAlert and ClusterUsageAlert, field by field.

use jiff::tz::TimeZone;
use serde_json::Value;

use super::{
    Violation,
    cursor::{At, Fields, Notes},
    flag::{envelope, label_selector},
    names,
};
use crate::{
    Provider,
    alert::{self, Dimension, LONGEST_HOURS, Receiver},
    schema,
};

const SPEC: [&str; 7] = ["scope", "groupBy", "window", "limit", "thresholds", "receivers", "onGrantUnknown"];
const METRICS: [&str; 4] = ["Cost", "Tokens", "Calls", "Errors"];
/// A baseline of less says nothing of weekdays.
const SHORTEST_BASELINE_HOURS: i64 = 72;

pub(super) fn usage_alert(object: &Value) -> Vec<Violation> {
    let mut notes = Notes::default();
    if let Some((metadata, spec)) = envelope(&mut notes, object, "UsageAlert", &SPEC) {
        if let Some(namespace) = metadata.and_then(|metadata| metadata.get("namespace")) {
            notes.text(&namespace, 63, "a namespace's name", names::is_dns_label);
        }
        if let Some(spec) = spec {
            common(&mut notes, &spec, false);
        }
    }
    notes.into_violations()
}

pub(super) fn cluster_usage_alert(object: &Value) -> Vec<Violation> {
    let mut notes = Notes::default();
    if let Some((metadata, spec)) = envelope(&mut notes, object, "ClusterUsageAlert", &SPEC) {
        if let Some(namespace) = metadata.and_then(|metadata| metadata.get("namespace")) {
            let advice = "a ClusterUsageAlert is in no namespace: leave it out, and say with \
                          spec.scope.namespaceSelector what it sees";
            notes.note(namespace.path(), advice.to_owned());
        }
        if let Some(spec) = spec {
            common(&mut notes, &spec, true);
        }
    }
    notes.into_violations()
}

fn common(notes: &mut Notes, spec: &Fields<'_>, cluster: bool) {
    if let Some(at) = spec.get("scope") {
        scope(notes, &at, cluster);
    }
    if let Some(at) = spec.get("groupBy") {
        group_by(notes, &at);
    }
    if let Some(at) = notes.required(spec, "window", "rolling (like 1h) or calendar (Day, Week or Month)") {
        window(notes, &at);
    }
    let limited = spec.get("limit").map(|at| limit(notes, &at));
    if let Some(at) = notes.required(spec, "thresholds", "at least one") {
        for at in notes.list(&at, 1, 16, "thresholds") {
            threshold(notes, &at, limited.as_ref().map(|metric| metric.as_deref()));
        }
    }
    if let Some(at) = spec.get("receivers") {
        for at in notes.list(&at, 0, 16, "receivers") {
            receiver(notes, &at);
        }
    }
    if let Some(at) = spec.get("onGrantUnknown") {
        notes.word(&at, &["Allow", "Deny"]);
    }
}

fn scope(notes: &mut Notes, at: &At<'_>, cluster: bool) {
    let known = ["features", "users", "providers", "models", "namespaceSelector"];
    let Some(fields) = notes.object(at, &known) else { return };
    if let Some(features) = fields.get("features") {
        for at in notes.list(&features, 0, 64, "features") {
            notes.text(
                &at,
                253,
                "a feature's name like chat, in which * stands for any characters",
                |text| {
                    !text.is_empty()
                        && text.bytes().all(|byte| {
                            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.*".contains(&byte)
                        })
                },
            );
        }
    }
    if let Some(users) = fields.get("users") {
        for at in notes.list(&users, 0, 500, "users' ids") {
            notes.text(&at, 1024, "a user's id without control characters", names::is_user_id);
        }
    }
    if let Some(providers) = fields.get("providers") {
        let known = Provider::ALL.map(Provider::name);
        for at in notes.list(&providers, 0, known.len(), "providers") {
            notes.word(&at, &known);
        }
    }
    if let Some(models) = fields.get("models") {
        for at in notes.list(&models, 0, 32, "model names") {
            notes.text(&at, 256, schema::MODELS.message, names::is_model_glob);
        }
    }
    if let Some(selector) = fields.get("namespaceSelector") {
        match cluster {
            true => label_selector(notes, &selector),
            false => {
                let message = schema::OWN_NAMESPACE.message;
                let advice = message.split_once(": ").map_or(message, |(_, advice)| advice);
                notes.note(selector.path(), advice.to_owned());
            }
        }
    }
}

fn group_by(notes: &mut Notes, at: &At<'_>) {
    let mut seen = Vec::new();
    for at in notes.list(at, 0, Dimension::ALL.len(), "dimensions") {
        if let Some(word) = notes.word(&at, &Dimension::ALL.map(Dimension::name)) {
            if seen.contains(&word) {
                notes.note(at.path(), format!("expected each once, found {word} again"));
            }
            seen.push(word);
        }
    }
}

fn window(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["rolling", "calendar", "weekStart", "timeZone"]) else { return };
    let (rolling, calendar) = (fields.get("rolling"), fields.get("calendar"));
    if rolling.is_some() == calendar.is_some() {
        notes.note(at.path(), schema::ONE_WINDOW.message.to_owned());
    } else if rolling.is_some() && fields.has_any(&["weekStart", "timeZone"]) {
        notes.note(at.path(), schema::OF_CALENDARS.message.to_owned());
    }
    if let Some(rolling) = rolling
        && let Some((text, minutes)) = duration(notes, &rolling)
        && minutes > LONGEST_HOURS * 60
    {
        notes.note(rolling.path(), format!("calls are kept {LONGEST_HOURS}h, {text:?} is longer"));
    }
    let unit = calendar.and_then(|at| notes.word(&at, &["Day", "Week", "Month"]));
    if let Some(start) = fields.get("weekStart") {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        notes.word(&start, &days);
        if unit.is_some_and(|unit| unit != "Week") {
            notes.note(start.path(), schema::OF_WEEKS.message.to_owned());
        }
    }
    if let Some(zone) = fields.get("timeZone") {
        let expected = "a time zone's name such as Europe/Berlin or UTC";
        let known = |name: &str| is_zone_name(name) && TimeZone::get(name).is_ok();
        notes.text(&zone, 64, expected, known);
    }
}

fn is_zone_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+_/".contains(&byte))
}

/// The text, and its minutes.
fn duration<'a>(notes: &mut Notes, at: &At<'a>) -> Option<(&'a str, i64)> {
    let expected = schema::DURATION.message;
    let text = notes.text(at, 16, expected, |text| alert::minutes(text).is_some())?;
    Some((text, alert::minutes(text)?))
}

/// The metric, where it is one.
fn limit(notes: &mut Notes, at: &At<'_>) -> Option<String> {
    let fields = notes.object(at, &["metric", "amount"])?;
    if let Some(amount) = notes.required(&fields, "amount", schema::AMOUNT.message) {
        notes.text(&amount, 32, schema::AMOUNT.message, is_amount);
    }
    let metric = notes.required(&fields, "metric", "one of Cost, Tokens, Calls, Errors")?;
    notes.word(&metric, &METRICS).map(ToOwned::to_owned)
}

/// `limit`: whether there is one, and its metric.
fn threshold(notes: &mut Notes, at: &At<'_>, limit: Option<Option<&str>>) {
    let known = ["above", "anomaly", "metric", "projected", "severity", "action"];
    let Some(fields) = notes.object(at, &known) else { return };
    let (above, anomaly) = (fields.get("above"), fields.get("anomaly"));
    if above.is_some() == anomaly.is_some() {
        notes.note(at.path(), schema::ONE_THRESHOLD.message.to_owned());
    }
    let metric = fields.get("metric");
    let metric = match &metric {
        Some(at) => notes.word(at, &METRICS),
        None if limit.is_none() => {
            let advice =
                "expected Cost, Tokens, Calls or Errors (there is no limit to take it from), found nothing";
            notes.note(&format!("{}.metric", at.path()), advice.to_owned());
            None
        }
        None => None,
    };
    if let Some(above) = above {
        let text = notes.text(&above, 32, schema::ABOVE.message, is_above).unwrap_or_default();
        let of_limit = limit.is_some_and(|of| metric.is_none() || metric == of);
        if text.ends_with('%') && !of_limit {
            let which = if limit.is_none() { "is absent" } else { "has another metric" };
            let advice = format!("{text:?} is a part of spec.limit, which {which}: write an amount");
            notes.note(above.path(), advice);
        }
    }
    if let Some(anomaly) = &anomaly {
        self::anomaly(notes, anomaly);
    }
    if let Some(projected) = fields.get("projected") {
        notes.boolean(&projected);
        if anomaly.is_some() && projected.value() == &Value::Bool(true) {
            notes.note(projected.path(), schema::PROJECTED.message.to_owned());
        }
    }
    if let Some(severity) = fields.get("severity") {
        notes.word(&severity, &["Info", "Warning", "Critical"]);
    }
    if let Some(action) = fields.get("action") {
        notes.word(&action, &["Notify", "Disable"]);
    }
}

fn anomaly(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["factor", "baseline"]) else { return };
    if let Some(factor) = notes.required(&fields, "factor", schema::FACTOR.message) {
        notes.text(&factor, 32, schema::FACTOR.message, is_factor);
    }
    if let Some(baseline) = notes.required(&fields, "baseline", "72h to 840h")
        && let Some((text, minutes)) = duration(notes, &baseline)
        && !(SHORTEST_BASELINE_HOURS * 60..=LONGEST_HOURS * 60).contains(&minutes)
    {
        notes.note(
            baseline.path(),
            format!("expected {SHORTEST_BASELINE_HOURS}h to {LONGEST_HOURS}h, found {text:?}"),
        );
    }
}

fn receiver(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &Receiver::KINDS) else { return };
    if Receiver::KINDS.iter().filter(|kind| fields.has_any(&[kind])).count() != 1 {
        notes.note(at.path(), schema::ONE_RECEIVER.message.to_owned());
    }
    if let Some(at) = fields.get("email") {
        email(notes, &at);
    }
    for name in ["slack", "teams"] {
        if let Some(at) = fields.get(name)
            && let Some(fields) = notes.object(&at, &["secretRef"])
        {
            secret_ref(notes, &fields, true);
        }
    }
    // (kind, whether its address and its secret must be there)
    for (name, url, secret) in
        [("webhook", true, true), ("pagerDuty", false, true), ("alertmanager", true, false)]
    {
        if let Some(at) = fields.get(name)
            && let Some(fields) = notes.object(&at, &["url", "secretRef"])
        {
            let expected = "an address like https://hooks.example.com/tollgate";
            let given = if url { notes.required(&fields, "url", expected) } else { fields.get("url") };
            if let Some(at) = given {
                notes.text(&at, 1024, expected, is_url);
            }
            secret_ref(notes, &fields, secret);
        }
    }
    if let Some(at) = fields.get("kubernetesEvent") {
        notes.object(&at, &[]);
    }
}

fn email(notes: &mut Notes, at: &At<'_>) {
    let Some(fields) = notes.object(at, &["to", "from", "server", "tls", "secretRef"]) else { return };
    let address = "an address like ada@example.com";
    if let Some(to) = notes.required(&fields, "to", "a list of addresses") {
        for at in notes.list(&to, 1, 32, "addresses") {
            notes.text(&at, 254, address, is_mail);
        }
    }
    if let Some(from) = notes.required(&fields, "from", address) {
        notes.text(&from, 254, address, is_mail);
    }
    let server = "host and port like smtp.example.com:587";
    if let Some(at) = notes.required(&fields, "server", server) {
        notes.text(&at, 262, server, is_server);
    }
    if let Some(tls) = fields.get("tls") {
        notes.word(&tls, &["StartTls", "Implicit", "None"]);
    }
    if let Some(secret) = fields.get("secretRef")
        && let Some(fields) = notes.object(&secret, &["name"])
    {
        secret_name(notes, &fields);
    }
}

fn secret_ref(notes: &mut Notes, fields: &Fields<'_>, required: bool) {
    let at = match required {
        true => {
            notes.required(fields, "secretRef", "name (and perhaps key) of a Secret in the alert's namespace")
        }
        false => fields.get("secretRef"),
    };
    let Some(fields) = at.and_then(|at| notes.object(&at, &["name", "key"])) else { return };
    secret_name(notes, &fields);
    if let Some(key) = fields.get("key") {
        notes.text(&key, 253, "a Secret's key like url", |text| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        });
    }
}

fn secret_name(notes: &mut Notes, fields: &Fields<'_>) {
    if let Some(name) = notes.required(fields, "name", "a Secret's name") {
        notes.text(&name, 253, "a Secret's name", names::is_feature_name);
    }
}

/// Digits, and perhaps some behind a point; not all of them 0.
fn is_decimal(text: &str, whole: usize, fraction: usize) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let shaped = match text.split_once('.') {
        Some((before, behind)) => digits(before, whole) && digits(behind, fraction),
        None => digits(text, whole),
    };
    shaped && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

fn is_amount(text: &str) -> bool {
    is_decimal(text, 18, 12)
}

fn is_above(text: &str) -> bool {
    text.strip_suffix('%').map_or_else(|| is_amount(text), |part| is_decimal(part, 5, 4))
}

fn is_factor(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole).trim_start_matches('0');
    (1..=6).contains(&whole.len()) && is_decimal(text, 32, 12)
}

fn is_mail(text: &str) -> bool {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b"-!#$%&'*+/=?^_`{|}~.".contains(&byte);
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && user.bytes().all(local) && !host.is_empty() && is_host(host, b"-.")
    })
}

fn is_host(text: &str, besides: &[u8]) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || besides.contains(&byte))
}

fn is_server(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let port = (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    port && match literal {
        Some(address) => {
            !address.is_empty()
                && address.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
        }
        None => !host.is_empty() && is_host(host, b"-._"),
    }
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest.filter(|_| text.len() >= 8) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    !host.is_empty() && is_host(host, b"-._[]:") && path.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
}
