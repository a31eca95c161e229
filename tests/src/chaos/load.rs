//! Callers: each call has a name of its own, which the book and the ledger both keep (as tag, and as user).

use std::{
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{Plan, pods::Place, scene::Scene};
use crate::{
    harness::{
        http::{Call, Connection, ReplyEnding},
        wait,
        world::{chat, message},
    },
    standin::text::Seeded,
};

/// The callers, until they are told to stop.
pub(super) struct Load {
    callers: Vec<JoinHandle<Vec<Attempt>>>,
    begun: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

/// One call as its caller saw it.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) tag: String,
    pub(super) pod: String,
    /// When it asked where the pod is, which may be gone when it begins: threads wait for their turn.
    pub(super) looked: Instant,
    pub(super) began: Instant,
    pub(super) ended: Instant,
    pub(super) asked: Asked,
    pub(super) saw: Saw,
}

/// What was to become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Good,
    /// The provider breaks its stream.
    ProviderCut,
    /// The client leaves in the middle.
    ClientBreak,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saw {
    Whole(u16),
    /// Left, as it was to.
    Left,
    Broken(String),
}

/// Of a hundred calls.
const CUT: u64 = 1;
const BREAK: u64 = 1;
/// Between two calls of one caller, in milliseconds: at most.
const PAUSE: u64 = 12;

// === impl Load ===

impl Load {
    pub(super) fn start(plan: &Plan, scene: &Scene) -> Load {
        let (begun, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let callers = (0..plan.callers)
            .map(|caller| {
                let mut caller = Caller {
                    name: caller,
                    dice: Seeded::new(plan.seed.wrapping_mul(1_000).wrapping_add(caller as u64)),
                    places: scene.places.clone(),
                    begun: Arc::clone(&begun),
                    stop: Arc::clone(&stop),
                };
                thread::spawn(move || caller.run())
            })
            .collect();
        Load { callers, begun, stop }
    }

    /// Returns when so many calls were begun.
    pub(super) fn until(&self, calls: u64) -> Result<()> {
        let mut last = (self.begun.load(SeqCst), Instant::now());
        while self.begun.load(SeqCst) < calls {
            thread::sleep(Duration::from_millis(100));
            let begun = self.begun.load(SeqCst);
            if begun > last.0 {
                last = (begun, Instant::now());
            }
            ensure!(last.1.elapsed() < wait::DEADLINE, "no call begins any more after {begun}");
        }
        Ok(())
    }

    pub(super) fn stop(self) -> Vec<Attempt> {
        self.stop.store(true, SeqCst);
        self.callers.into_iter().flat_map(|caller| caller.join().unwrap_or_default()).collect()
    }
}

struct Caller {
    name: usize,
    dice: Seeded,
    places: Vec<Arc<Place>>,
    begun: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

// === impl Caller ===

impl Caller {
    fn run(&mut self) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        while !self.stop.load(SeqCst) {
            thread::sleep(Duration::from_millis(self.dice.number() % PAUSE));
            attempts.extend(self.call(attempts.len()));
        }
        attempts
    }

    /// None where the place has no pod just now.
    fn call(&mut self, number: usize) -> Option<Attempt> {
        let at = usize::try_from(self.dice.number()).unwrap_or(0) % self.places.len();
        let place = Arc::clone(&self.places[at]);
        let beginning = Beginning::new(&place);
        let looked = Instant::now();
        let (base, pod) = place.ready.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let tag = format!("c{}-{number}", self.name);
        let (call, asked) = self.made(&tag);
        self.begun.fetch_add(1, SeqCst);
        let began = Instant::now();
        let saw =
            converse(&call, base, asked, beginning).unwrap_or_else(|error| Saw::Broken(error.to_string()));
        Some(Attempt { tag, pod, looked, began, ended: Instant::now(), asked, saw })
    }

    fn made(&mut self, tag: &str) -> (Call, Asked) {
        let mut dice = |sides: u64| self.dice.number() % sides;
        let asked = match dice(100) {
            lot if lot < CUT => Asked::ProviderCut,
            lot if lot < CUT + BREAK => Asked::ClientBreak,
            _ => Asked::Good,
        };
        let (events, delay) = (3 + dice(8), dice(12));
        let stream = asked != Asked::Good || dice(2) == 0;
        let mut play = format!("tag={tag} unseen chunks={events} cached={} ", dice(3) * 7);
        if stream {
            play += &format!("delay={delay}ms ");
        } else {
            play += &format!("latency={}ms ", delay * 4);
        }
        if asked == Asked::ProviderCut {
            play += &format!("cut=rst@{} ", 2 + dice(2));
        }
        let words = json!("word ".repeat(usize::try_from(1 + dice(40)).unwrap_or(1)));
        let body = |usage: Value| json!({"stream": stream, "messages": [{"role": "user", "content": words}], "stream_options": usage});
        let call = match dice(3) {
            0 => message(
                json!({"stream": stream, "messages": [{"role": "user", "content": words}]}),
                &(play + &format!("write5m={}", dice(2) * 11)),
            )
            .under("/anthropic"),
            1 if stream => chat(body(json!({"include_usage": true})), &play).under("/openai"),
            _ => chat(
                json!({"stream": stream, "messages": [{"role": "user", "content": words}]}),
                &(play + &format!("reasoning={}", dice(2) * 5)),
            )
            .under("/openai"),
        };
        (call.header("x-tollgate-user", tag), asked)
    }
}

fn converse(
    call: &Call,
    to: std::net::SocketAddr,
    asked: Asked,
    beginning: Beginning<'_>,
) -> std::io::Result<Saw> {
    let mut connection = Connection::open(to)?;
    connection.write(&call.bytes(to))?;
    if asked == Asked::ClientBreak {
        drop(beginning);
        connection.head()?;
        connection.read_some()?;
        return Ok(Saw::Left);
    }
    drop(beginning);
    let reply = connection.reply()?;
    Ok(match reply.ending {
        ReplyEnding::Whole => Saw::Whole(reply.status()),
        ReplyEnding::Closed | ReplyEnding::Reset => Saw::Broken(format!("{:?}", reply.ending)),
    })
}

/// Counted where a pod is to go only when nobody is about to call it.
struct Beginning<'a>(&'a Place);

impl<'a> Beginning<'a> {
    fn new(place: &'a Place) -> Self {
        place.beginning.fetch_add(1, SeqCst);
        Self(place)
    }
}

impl Drop for Beginning<'_> {
    fn drop(&mut self) {
        self.0.beginning.fetch_sub(1, SeqCst);
    }
}
