//! `tollgate alert test`: somebody notes a time on an alert, and the leader sends each of its receivers a trial, by the way that real ones
//! go. What came of it is the condition `Tested`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures::future::join_all;
use tollgate_crds::alert::UsageAlertSpec;
use uuid::Uuid;

use super::{
    message::Message,
    receivers::{Refused, SendError, Sender, label, left_out},
};
use crate::index::{Alert, SharedIndex};

/// The annotation that asks for a trial; its value is any text that was not there before.
pub const TEST: &str = "tollgate.dev/test";
/// The condition that tells what came of it.
pub const TESTED: &str = "Tested";

/// What came of trials, by the alert's uid. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Trials {
    inner: Arc<Mutex<HashMap<String, Outcome>>>,
}

/// What came of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What the annotation said.
    pub(super) asked: String,
    pub(super) well: bool,
    pub(super) words: String,
}

// === impl Trials ===

impl Trials {
    pub(super) fn of(&self, uid: &str) -> Option<Outcome> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).get(uid).cloned()
    }

    /// Sends the trials that were asked for and not made yet.
    pub(super) async fn round(&self, index: &SharedIndex, sender: &Sender) {
        let asked: Vec<(Arc<Alert>, String)> = index.read(|index| {
            let asked = |alert: &Arc<Alert>| Some((Arc::clone(alert), alert.annotations.get(TEST)?.clone()));
            index.alerts().filter_map(asked).collect()
        });
        for (alert, asked) in asked {
            if self.of(&alert.uid).is_some_and(|outcome| outcome.asked == asked) || was_made(&alert, &asked) {
                continue;
            }
            let outcome = try_out(&alert, asked, sender).await;
            self.inner.lock().unwrap_or_else(PoisonError::into_inner).insert(alert.uid.clone(), outcome);
        }
    }
}

/// By whoever led before.
fn was_made(alert: &Alert, asked: &str) -> bool {
    let conditions = alert.status["conditions"].as_array();
    let message = conditions.into_iter().flatten().find(|condition| condition["type"] == TESTED);
    message
        .and_then(|condition| condition["message"].as_str())
        .is_some_and(|message| message.strip_prefix(asked).is_some_and(|rest| rest.starts_with(": ")))
}

async fn try_out(alert: &Alert, asked: String, sender: &Sender) -> Outcome {
    let receivers = serde_json::from_value::<UsageAlertSpec>(alert.spec.clone()).map(|spec| spec.receivers);
    let receivers = receivers.unwrap_or_default();
    let message = Message::trial(&alert.key, &alert.uid, Uuid::now_v7().to_string());
    let sent = join_all(receivers.iter().map(|receiver| sender.send(receiver, None, &message))).await;
    let is_well = |sent: &Result<Vec<Refused>, SendError>| sent.as_ref().is_ok_and(Vec::is_empty);
    let well = !receivers.is_empty() && sent.iter().all(is_well);
    let words: Vec<String> = receivers
        .iter()
        .zip(&sent)
        .map(|(receiver, sent)| match sent {
            Ok(refused) if refused.is_empty() => format!("{}: taken", label(receiver)),
            Ok(refused) => format!("{}: {}", label(receiver), left_out(refused)),
            Err(error) => format!("{}: {error}", label(receiver)),
        })
        .collect();
    let words = match words.is_empty() {
        true => "the alert has no receivers: nobody would be told".to_owned(),
        false => words.join("; "),
    };
    Outcome { words: format!("{asked}: {words}"), asked, well }
}
