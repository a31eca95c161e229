//! One caller a pod, call after call, and what each saw.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Result, ensure};
use rustix::process::nice;
use serde_json::json;
use tollgate_tests::harness::{fleet::Fleet, http::Connection, interrupt, world::chat};

/// How far pods stand back behind operator and database, which have machines of their own in earnest: two hundred of them on two cores
/// would measure who gets the CPU.
pub(super) const NICE: i32 = 10;

/// One call as its caller saw it.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) pod: usize,
    pub(super) tag: String,
    /// Since 1970, as the provider's book has it.
    pub(super) began: Duration,
    pub(super) ended: Duration,
    pub(super) status: u16,
}

pub(super) struct Callers {
    threads: Vec<JoinHandle<Vec<Attempt>>>,
    refused: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

/// A refused app tries again, which no SDK would.
const REFUSED: Duration = Duration::from_millis(250);
/// One whose sidecar cannot be reached, too.
const UNREACHED: Duration = Duration::from_millis(50);

// === impl Callers ===

impl Callers {
    /// `latency`: how long the provider takes, so that calls are in flight when the limit is reached.
    pub(super) fn start(fleet: &Fleet, latency: Duration) -> Callers {
        let (refused, stop) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let threads = fleet
            .pods
            .iter()
            .enumerate()
            .map(|(pod, at)| {
                let (base, refused, stop) = (at.sidecar.base, Arc::clone(&refused), Arc::clone(&stop));
                thread::spawn(move || {
                    let _as_its_sidecar = nice(NICE);
                    call(pod, base, latency, &refused, &stop)
                })
            })
            .collect();
        Callers { threads, refused, stop }
    }

    pub(super) fn until_all_were_refused(&self, patience: Duration) -> Result<()> {
        let end = Instant::now() + patience;
        loop {
            interrupt::check()?;
            let refused = self.refused.load(SeqCst);
            if refused == self.threads.len() {
                return Ok(());
            }
            ensure!(Instant::now() < end, "{refused} of {} were refused", self.threads.len());
            thread::sleep(Duration::from_millis(50));
        }
    }

    pub(super) fn stop(self) -> Vec<Attempt> {
        self.stop.store(true, SeqCst);
        self.threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    }
}

fn call(
    pod: usize,
    base: SocketAddr,
    latency: Duration,
    refused: &AtomicUsize,
    stop: &AtomicBool,
) -> Vec<Attempt> {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut connection = None;
    let mut was_refused = false;
    while !stop.load(SeqCst) {
        let number = attempts.len();
        let tag = format!("p{pod}-{number}");
        // What a call costs nobody can know before: from 0.00075 to 0.00475 USD.
        let output = 50 + (pod * 31 + number * 97) % 400;
        let play =
            format!("tag={tag} unseen chunks=1 input=100 output={output} latency={}ms", latency.as_millis());
        let request = chat(json!({"model": "gpt-4o"}), &play).under("/openai");
        let began = now();
        let open = match connection.take() {
            Some(open) => Ok(open),
            None => Connection::open(base),
        };
        let answered = open.and_then(|mut open| {
            open.write(&request.bytes(base))?;
            let reply = open.reply()?;
            Ok((open, reply.status()))
        });
        let ended = now();
        let status = match answered {
            Ok((open, status)) => {
                connection = Some(open);
                status
            }
            Err(_) => 0,
        };
        attempts.push(Attempt { pod, tag, began, ended, status });
        match status {
            200 => {}
            403 => {
                if !std::mem::replace(&mut was_refused, true) {
                    refused.fetch_add(1, SeqCst);
                }
                thread::sleep(REFUSED);
            }
            _ => thread::sleep(UNREACHED),
        }
    }
    attempts
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}
