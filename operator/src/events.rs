//! Kubernetes Events. kube's recorder takes two of one reason about one object for the same and only counts the second, whatever it says: the next
//! head of the audit, or the next group over its budget, would be told to nobody. Here they are the same where they say the same.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use k8s_openapi::api::core::v1::ObjectReference;
use kube::{
    Client,
    runtime::events::{Event, Recorder, Reporter},
};

/// Events of one reporter. Cheap to clone.
#[derive(Clone)]
pub struct Events {
    client: Client,
    reporter: Reporter,
    /// One for each thing that was said lately, and when that was.
    recorders: Arc<Mutex<HashMap<String, (Recorder, Instant)>>>,
}

/// The longest note that Kubernetes takes, in bytes.
const LONGEST_NOTE: usize = 1024;
/// As long as a recorder knows what it told.
const KNOWN: Duration = Duration::from_mins(6);
/// A thousand pods may each have something to say; of more, all are forgotten.
const MOST: usize = 1_000;

// === impl Events ===

impl Events {
    pub fn new(client: Client, reporter: Reporter) -> Self {
        Self { client, reporter, recorders: Arc::default() }
    }

    /// Writes it; what was said with these words within minutes is counted. A note that is too long is cut.
    pub async fn publish(&self, event: Event, about: &ObjectReference) -> kube::Result<()> {
        let mut note = event.note.unwrap_or_default();
        note.truncate(note.floor_char_boundary(LONGEST_NOTE));
        let recorder = self.recorder(&note);
        recorder.publish(&Event { note: Some(note), ..event }, about).await
    }

    fn recorder(&self, note: &str) -> Recorder {
        let now = Instant::now();
        let mut recorders = self.recorders.lock().unwrap_or_else(PoisonError::into_inner);
        recorders.retain(|_, (_, said)| now.duration_since(*said) < KNOWN);
        if recorders.len() >= MOST {
            recorders.clear();
        }
        let fresh = || (Recorder::new(self.client.clone(), self.reporter.clone()), now);
        let (recorder, said) = recorders.entry(note.to_owned()).or_insert_with(fresh);
        *said = now;
        recorder.clone()
    }
}

#[cfg(test)]
mod tests {
    use axum::{Json, Router, http::Method};
    use kube::{Config, runtime::events::EventType};
    use serde_json::Value;

    use super::*;

    /// What the apiserver was asked: whether for a new Event, with which note, counted how often.
    type Asked = Arc<Mutex<Vec<(bool, String, u64)>>>;

    async fn events() -> (Events, Asked) {
        let asked = Asked::default();
        let told = Arc::clone(&asked);
        let apiserver = Router::new().fallback(async move |method: Method, Json(event): Json<Value>| {
            let note = event["note"].as_str().unwrap_or_default().to_owned();
            let count = event["series"]["count"].as_u64().unwrap_or(1);
            told.lock().unwrap().push((method == Method::POST, note, count));
            Json(event)
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, apiserver).await });
        let client = Client::try_from(Config::new(address.parse().unwrap())).unwrap();
        (Events::new(client, Reporter::from("tollgate-operator")), asked)
    }

    async fn say(events: &Events, note: &str) {
        let event = Event {
            type_: EventType::Normal,
            reason: "AuditHead".to_owned(),
            note: Some(note.to_owned()),
            action: "RecordChanges".to_owned(),
            secondary: None,
        };
        let about = ObjectReference { name: Some("lease".to_owned()), ..ObjectReference::default() };
        events.publish(event, &about).await.unwrap();
    }

    #[tokio::test]
    async fn what_says_something_else_is_an_event_of_its_own_and_the_same_again_is_counted() {
        let (events, asked) = events().await;
        for note in ["row 1", "row 2", "row 2", "row 1"] {
            say(&events, note).await;
        }
        let of = |is_new, note: &str, count| (is_new, note.to_owned(), count);
        let all = [of(true, "row 1", 1), of(true, "row 2", 1), of(false, "row 2", 2), of(false, "row 1", 2)];
        assert_eq!(*asked.lock().unwrap(), all);
    }

    #[tokio::test]
    async fn a_note_is_cut_where_kubernetes_would_refuse_it() {
        let (events, asked) = events().await;
        say(&events, &"é".repeat(600)).await;
        assert_eq!(asked.lock().unwrap()[0].1, "é".repeat(512));
    }
}
