//! What each service wants to be told in.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::alerting::message::{Message, Told};

/// Slack's messages end here, in characters.
const SLACK: usize = 3_000;
/// An Alertmanager forgets what nobody repeats: what fires is held this long after it was told, and told again much sooner
/// (`delivery/repeat.rs`). An operator that is away so long lets its alerts end, as a Prometheus does.
const HELD: SignedDuration = SignedDuration::from_mins(30);

pub(super) fn slack(message: &Message) -> String {
    // Slack's own three characters
    let text = message.text().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let text: String = text.chars().take(SLACK).collect();
    json!({ "text": message.subject(), "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": message.subject().chars().take(150).collect::<String>()}},
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
    ]})
    .to_string()
}

/// An adaptive card, as workflows take them.
pub(super) fn teams(message: &Message) -> String {
    let mut body = vec![
        json!({"type": "TextBlock", "size": "Medium", "weight": "Bolder", "wrap": true, "text": message.subject()}),
    ];
    body.extend(
        message
            .text()
            .lines()
            .filter(|line| !line.is_empty())
            .take(60)
            .map(|line| json!({"type": "TextBlock", "wrap": true, "text": line.trim()})),
    );
    json!({ "type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive",
        "content": {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4", "body": body},
    }]})
    .to_string()
}

/// One a threshold and group: what fires opens an incident, what is over closes that one.
pub(super) fn pager_duty(message: &Message, routing_key: &str) -> Vec<String> {
    if message.trial {
        let payload =
            json!({"summary": message.subject(), "source": message.alert.to_string(), "severity": "info"});
        let event = json!({"routing_key": routing_key, "event_action": "trigger", "dedup_key": message.id, "payload": payload});
        let end = json!({"routing_key": routing_key, "event_action": "resolve", "dedup_key": message.id});
        return vec![event.to_string(), end.to_string()];
    }
    let one = |told: &Told| {
        json!({
            "routing_key": routing_key, "event_action": if told.event.firing { "trigger" } else { "resolve" },
            "dedup_key": key(message, told),
            "payload": {
                "summary": told.summary.chars().take(1_024).collect::<String>(), "source": message.alert.to_string(),
                "severity": told.event.severity.to_lowercase(), "timestamp": told.event.at.to_string(),
                "custom_details": {"text": told.lines.join("\n")},
            },
        })
        .to_string()
    };
    message.told.iter().map(one).collect()
}

pub(super) fn alertmanager(message: &Message) -> String {
    if message.trial {
        let now = Timestamp::now();
        return json!([{
            "labels": {"alertname": "TollgateUsageAlert", "alert": message.alert.to_string(), "severity": "info", "trial": "true"},
            "annotations": {"summary": message.subject(), "description": message.text()},
            "startsAt": now.to_string(), "endsAt": (now + SignedDuration::from_mins(1)).to_string(),
        }])
        .to_string();
    }
    let alerts: Vec<Value> = message.told.iter().map(|told| alert(message, told)).collect();
    Value::Array(alerts).to_string()
}

fn alert(message: &Message, told: &Told) -> Value {
    let mut labels = json!({
        "alertname": "TollgateUsageAlert", "alert": message.alert.to_string(), "severity": told.event.severity.to_lowercase(),
        "asks": told.event.threshold,
    });
    if let Some(namespace) = &message.alert.namespace {
        labels["namespace"] = json!(namespace);
    }
    for (dimension, value) in &told.group {
        labels[*dimension] = json!(value.as_deref().unwrap_or_default());
    }
    let end = match told.event.firing {
        true => Timestamp::now() + HELD,
        false => told.event.at,
    };
    let mut alert = json!({
        "labels": labels, "endsAt": end.to_string(),
        "annotations": {"summary": told.summary, "description": told.lines.join("\n")},
    });
    if told.event.firing {
        alert["startsAt"] = json!(told.event.at.to_string());
    }
    alert
}

/// The same for all that is said of one threshold and group.
fn key(message: &Message, told: &Told) -> String {
    let group = format!("{:?}", told.event.group);
    let hash = Sha256::digest(format!("{}/{}/{group}", message.uid, told.event.threshold));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
