//! Pages that are looked at. What people of the same rights see at the same address is made once for all of them, and sent to each as
//! it changes: a hundred who look cost what one does.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use futures::{Stream, future::BoxFuture, stream};
use maud::{Markup, PreEscaped};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout_at},
};

use crate::console::Namespaces;

/// What of a page may change while it is looked at.
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) html: Markup,
}

/// One look at a page: its parts, and the time that it is of, for people.
pub(super) struct Look {
    pub(super) parts: Vec<Part>,
    pub(super) clock: String,
}

/// Makes one look after the other.
pub(super) type Looks = Box<dyn Fn() -> BoxFuture<'static, Look> + Send + Sync>;

/// All that is looked at now. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Live {
    looked_at: Arc<Mutex<HashMap<Seen, Weak<watch::Sender<Shown>>>>>,
}

/// All that decides what parts show; they may be made of nothing else of a viewer.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) query: String,
    pub(super) role: Arc<str>,
    pub(super) namespaces: Namespaces,
    pub(super) may_see_users: bool,
}

/// What is to be seen now.
#[derive(Clone, Default)]
struct Shown {
    /// Counts looks; 0: there was none yet.
    look: u64,
    pieces: Arc<[Piece]>,
    beat: Bytes,
}

/// A part as it is sent.
#[derive(Clone)]
struct Piece {
    id: &'static str,
    html: Arc<str>,
    event: Bytes,
    /// The look at which it became so.
    since: u64,
}

/// Between two looks at what a page shows; longer where one takes long, so that a core has time for others.
const LOOK: Duration = Duration::from_millis(250);
const REST: u32 = 2;
fn events(shown: watch::Receiver<Shown>, until: Instant) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let start = (shown, VecDeque::new(), 0);
    stream::unfold(start, move |(mut shown, mut waiting, mut look)| async move {
        while waiting.is_empty() {
            let next = async { shown.wait_for(|shown| shown.look > look).await.map(|next| next.clone()) };
            // the time is over, or whoever made it has failed
            let Ok(Ok(next)) = timeout_at(until, next).await else { return None };
            let changed = next.pieces.iter().filter(|piece| piece.since > look);
            waiting.extend(changed.map(|piece| piece.event.clone()));
            waiting.push_back(next.beat);
            look = next.look;
        }
        waiting.pop_front().map(|event| (Ok(event), (shown, waiting, look)))
    })
}

fn event(name: &str, data: &str) -> Bytes {
    let mut event = format!("event: {name}\n");
    for line in data.split(['\n', '\r']) {
        event.push_str("data: ");
        event.push_str(line);
        event.push('\n');
    }
    event.push('\n');
    event.into()
}

// === impl Live ===

impl Live {
    /// What changes on the page for so long, as server-sent events.
    pub(super) fn changes(&self, seen: Seen, longest: Duration, looks: Looks) -> Response {
        let shown = self.look_at(seen, looks);
        let headers = [
            (header::CONTENT_TYPE, "text/event-stream"),
            (header::CACHE_CONTROL, "no-store"),
            (header::VARY, "Accept"),
        ];
        (headers, Body::from_stream(events(shown, Instant::now() + longest))).into_response()
    }

    /// What is made for somebody who sees the same, or for this one from now on.
    fn look_at(&self, seen: Seen, looks: Looks) -> watch::Receiver<Shown> {
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = looked_at.get(&seen).and_then(Weak::upgrade) {
            return shown.subscribe();
        }
        let (sender, receiver) = watch::channel(Shown::default());
        let sender = Arc::new(sender);
        looked_at.insert(seen.clone(), Arc::downgrade(&sender));
        tokio::spawn(self.clone().keep(seen, sender, looks));
        receiver
    }

    /// Makes it anew until nobody looks.
    async fn keep(self, seen: Seen, sender: Arc<watch::Sender<Shown>>, looks: Looks) {
        while !self.is_left(&seen, &sender) {
            let began = Instant::now();
            let Look { parts, clock } = looks().await;
            let beat = event("beat", &clock);
            sender.send_modify(|shown| *shown = shown.next(parts, beat));
            sleep(LOOK.max(began.elapsed() * REST)).await;
        }
    }

    /// Whether nobody looks any more; then it is forgotten.
    fn is_left(&self, seen: &Seen, sender: &watch::Sender<Shown>) -> bool {
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let left = sender.receiver_count() == 0;
        if left {
            looked_at.remove(seen);
        }
        left
    }
}

// === impl Shown ===

impl Shown {
    fn next(&self, made: Vec<Part>, beat: Bytes) -> Self {
        let look = self.look + 1;
        let pieces = made.into_iter().map(|Part { id, html: PreEscaped(html) }| {
            match self.pieces.iter().find(|piece| piece.id == id && *piece.html == *html) {
                Some(same) => same.clone(),
                None => Piece {
                    id,
                    event: event("part", &format!("{id}\n{html}")),
                    html: html.into(),
                    since: look,
                },
            }
        });
        Self { look, pieces: pieces.collect(), beat }
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    fn shown(before: &Shown, text: &str) -> Shown {
        let parts = [("still", html! { "same" }), ("moves", html! { (text) })];
        before.next(parts.map(|(id, html)| Part { id, html }).into(), event("beat", "now"))
    }

    #[test]
    fn only_what_changed_is_of_the_latest_look() {
        let first = shown(&Shown::default(), "a");
        let second = shown(&first, "b");
        let since: Vec<_> = second.pieces.iter().map(|piece| (piece.id, piece.since)).collect();
        assert_eq!((second.look, since), (2, vec![("still", 1), ("moves", 2)]));
    }

    #[test]
    fn whatever_a_part_holds_it_is_one_event() {
        assert_eq!(event("part", "id\na\r\nb"), "event: part\ndata: id\ndata: a\ndata: \ndata: b\n\n");
    }

    #[tokio::test]
    async fn somebody_who_was_away_is_sent_the_latest_of_each_part_once() {
        use futures::StreamExt;

        let (sender, receiver) = watch::channel(Shown::default());
        let mut events = std::pin::pin!(events(receiver, Instant::now() + Duration::from_secs(60)));
        for text in ["a", "b", "c"] {
            sender.send_modify(|now| *now = shown(now, text));
        }
        drop(sender);
        let mut told = String::new();
        while let Some(Ok(event)) = events.next().await {
            told.push_str(std::str::from_utf8(&event).unwrap());
        }
        assert_eq!(told.matches("event: part").count(), 2, "{told}");
        assert!(told.contains("data: c\n") && !told.contains("data: a\n"), "{told}");
    }
}
