//! What each service wants to be told in.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::alerting::message::{Message, Told};

/// Slack's messages end here, in characters.
const SLACK: usize = 3_000;
/// Teams refuses messages above 28 KB, in bytes.
const TEAMS: usize = 24_000;
/// So many bytes of one line stand in a card.
const TEAMS_LINE: usize = 2_000;
/// An Alertmanager forgets what nobody repeats: what fires is held this long after it was told, and told again much sooner
/// (`delivery/repeat.rs`). An operator that is away so long lets its alerts end, as a Prometheus does.
const HELD: SignedDuration = SignedDuration::from_mins(30);

pub(super) fn slack(message: &Message) -> String {
    let text = slack_text(&message.text(), SLACK);
    // what phones show: read as the text below is, so a user who is called <!channel> calls nobody
    json!({ "text": slack_text(&message.subject(), SLACK), "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": message.subject().chars().take(150).collect::<String>()}},
        // verbatim: a user who is called @here or #general, or like an address, is no mention and no link
        {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}},
    ]})
    .to_string()
}

/// With Slack's own three characters written as it wants them, and none of these cut in two.
fn slack_text(text: &str, most: usize) -> String {
    let mut escaped = String::new();
    let mut length = 0;
    for character in text.chars() {
        let own = character.to_string();
        let written = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ => &own,
        };
        length += written.chars().count();
        if length > most {
            break;
        }
        escaped.push_str(written);
    }
    escaped
}

/// An adaptive card, as workflows take them. Names are what apps send: in a run of text, unlike a TextBlock, a `[name](https://…)` is
/// no link and a `user_1_2` not slanted.
pub(super) fn teams(message: &Message) -> String {
    let line = |text: &str, style: Value| {
        let mut run = json!({"type": "TextRun", "text": text});
        if let (Value::Object(run), Value::Object(style)) = (&mut run, style) {
            run.extend(style);
        }
        json!({"type": "RichTextBlock", "inlines": [run]})
    };
    let mut body = vec![line(&message.subject(), json!({"size": "Medium", "weight": "Bolder"}))];
    let mut room = TEAMS.saturating_sub(body[0].to_string().len());
    for text in message.text().lines().filter(|line| !line.is_empty()).take(60) {
        let text = line(text[..text.floor_char_boundary(TEAMS_LINE)].trim(), json!({}));
        match room.checked_sub(text.to_string().len() + 1) {
            Some(left) => room = left,
            None => {
                body.push(line("…", json!({})));
                break;
            }
        }
        body.push(text);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{alerting::events::Event, index::AlertKey};

    /// Of a user who calls themselves so.
    fn message(user: &str) -> Message {
        let at: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let event = Event {
            id: 1,
            threshold: String::new(),
            group: vec![Some(user.to_owned())],
            seq: 1,
            firing: true,
            at,
            window: (at, at),
            metric: "Cost".to_owned(),
            value: "1".to_owned(),
            threshold_value: None,
            projected: None,
            projected_range: None,
            severity: "Warning".to_owned(),
            silent: false,
        };
        let alert = AlertKey { namespace: Some("shop".to_owned()), name: "daily".to_owned() };
        let group = vec![("user", Some(user.to_owned()))];
        let told = Told { event, group, summary: format!("shop/daily (user {user})"), lines: Vec::new() };
        Message { told: vec![told], trial: false, ..Message::trial(&alert, "uid", "id".to_owned()) }
    }

    #[test]
    fn a_users_name_is_no_mention_in_slack_and_no_link_in_teams() {
        let sent: Value = serde_json::from_str(&slack(&message("<!channel> & co"))).unwrap();
        for text in [&sent["text"], &sent["blocks"][1]["text"]["text"]] {
            let text = text.as_str().unwrap();
            assert!(text.contains("&lt;!channel&gt; &amp; co") && !text.contains("<!"), "{text}");
        }
        assert_eq!(sent["blocks"][1]["text"]["verbatim"], true);
        let sent = teams(&message("[log in](https://evil.example)"));
        assert!(sent.contains("[log in](https://evil.example)") && !sent.contains("\"TextBlock\""), "{sent}");
        let card: Value = serde_json::from_str(&sent).unwrap();
        let body = card["attachments"][0]["content"]["body"].as_array().unwrap();
        assert!(body.iter().all(|part| part["type"] == "RichTextBlock"), "{sent}");
    }

    #[test]
    fn a_card_of_the_longest_names_is_one_that_teams_takes() {
        for user in ["W".repeat(1_024), "\u{1}".repeat(1_024), "😀".repeat(256)] {
            let mut message = message(&user);
            message.told[0].lines = vec![format!("Users: {user} 1 USD, {user} 1 USD, {user} 1 USD."); 4];
            message.told = vec![message.told[0].clone(); 12];
            let sent = teams(&message);
            assert!(sent.len() < 28 * 1024, "{}", sent.len());
            let card: Value = serde_json::from_str(&sent).unwrap();
            let body = card["attachments"][0]["content"]["body"].as_array().unwrap();
            assert!(body.len() > 3 && body[body.len() - 1]["inlines"][0]["text"] == "…", "{}", body.len());
        }
    }

    #[test]
    fn a_long_text_ends_between_characters() {
        let text = slack_text(&"<".repeat(1_000), 3_000);
        assert_eq!((text.len(), text.ends_with("&lt;")), (3_000, true));
        assert_eq!(slack_text("a<b", 4), "a");
    }
}
