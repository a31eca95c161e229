//! People who look at the overview: each a connection of its own, signed in, told what changes.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use memchr::memmem;
use tollgate_tests::harness::{console::Browser, http::Connection, wait};

pub(super) struct Viewers {
    wanted: Arc<Mutex<Wanted>>,
    seen: Receiver<(u64, Instant)>,
    over: Arc<AtomicBool>,
}

/// What they wait for.
#[derive(Clone, Default)]
struct Wanted {
    number: u64,
    text: Arc<str>,
}

/// Until somebody who was cut off comes again.
const AGAIN: Duration = Duration::from_millis(50);

// === impl Viewers ===

impl Viewers {
    pub(super) fn start(console: SocketAddr, browser: &Browser, count: usize) -> Viewers {
        let (wanted, over) = (Arc::<Mutex<Wanted>>::default(), Arc::<AtomicBool>::default());
        let (sender, seen) = mpsc::channel();
        for _ in 0..count {
            let (wanted, over, sender, browser) =
                (Arc::clone(&wanted), Arc::clone(&over), sender.clone(), browser.clone());
            thread::spawn(move || {
                let mut last = 0;
                while !over.load(Relaxed) {
                    // a stream ends after a while, and the browser comes again
                    let _cut_off = look(console, &browser, &wanted, &over, &mut last, &sender);
                    thread::sleep(AGAIN);
                }
            });
        }
        Viewers { wanted, seen, over }
    }

    /// From now on this sum is what they wait for.
    pub(super) fn want(&self, sum: &str) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        *wanted = Wanted { number: wanted.number + 1, text: format!("value=\"{sum}\"").into() };
    }

    /// Waits until all of them have it before them.
    pub(super) fn arrived(&self, sum: &str, count: usize) -> Result<()> {
        self.want(sum);
        self.seen(count, Instant::now()).map(drop)
    }

    /// How long it took each of them since then, in microseconds.
    pub(super) fn seen(&self, count: usize, since: Instant) -> Result<Vec<i64>> {
        let number = self.wanted.lock().unwrap_or_else(PoisonError::into_inner).number;
        let mut times = Vec::new();
        while times.len() < count {
            let told = self.seen.recv_timeout(wait::DEADLINE);
            let (of, at) = told.with_context(|| format!("{} of {count} have seen it", times.len()))?;
            if of == number {
                times.push(i64::try_from(at.saturating_duration_since(since).as_micros())?);
            }
        }
        Ok(times)
    }
}

impl Drop for Viewers {
    fn drop(&mut self) {
        self.over.store(true, Relaxed);
    }
}

/// One stream, as long as it lasts.
fn look(
    console: SocketAddr,
    browser: &Browser,
    wanted: &Mutex<Wanted>,
    over: &AtomicBool,
    last: &mut u64,
    sender: &Sender<(u64, Instant)>,
) -> Result<()> {
    let mut connection = Connection::open(console)?;
    connection.write(&browser.get("/").header("accept", "text/event-stream").bytes(console))?;
    connection.head()?;
    let mut text: Vec<u8> = Vec::new();
    while !over.load(Relaxed) {
        let came = connection.read_some()?;
        if came.is_empty() {
            return Ok(());
        }
        let at = Instant::now();
        text.extend(came);
        let Wanted { number, text: wanted } = wanted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if number > *last && memmem::find(&text, wanted.as_bytes()).is_some() {
            *last = number;
            sender.send((number, at))?;
        }
        // what may still become the text that is wanted
        text.drain(..text.len().saturating_sub(100));
    }
    Ok(())
}
