//! What was billed already, of answers that can be read again: background responses that are polled, results of batches
//! that are fetched twice. Their rows have ids made of the provider's own id and time, so any sidecar that reads one again
//! writes the same row; this book spares the ledger what it has, and remembers the time of answers that tell none.
//!
//! It is a file of 17 bytes an answer in the spool's folder, read at the start; without a folder it lasts as long as the
//! process. What it forgets (the oldest beyond 16,384) the database still knows.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use tollgate_meter::{Outcome, Provider, UsageSource};

use crate::call_id::{CallId, MARK};

/// How much is known of a call: a row of a higher rank takes the place of one of a lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Rank {
    /// Only its time.
    Unknown,
    Pending,
    Lost,
    Estimated,
    Provider,
}

/// All workers' book.
#[derive(Debug)]
pub struct Once(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    /// By the id's mark: its time, and how much is known.
    known: HashMap<[u8; MARK], (u64, Rank)>,
    /// The marks in the order they came, so that the oldest are forgotten first.
    order: std::collections::VecDeque<[u8; MARK]>,
    file: Option<File>,
}

const ENTRY: usize = MARK + 6 + 1;
const MOST: usize = 16_384;

// === impl Rank ===

impl Rank {
    pub fn of(outcome: Outcome, source: UsageSource) -> Self {
        match (outcome, source) {
            (Outcome::Pending, _) => Self::Pending,
            (Outcome::Lost, _) => Self::Lost,
            (_, UsageSource::Estimated) => Self::Estimated,
            (_, UsageSource::Provider | UsageSource::None | UsageSource::Unknown) => Self::Provider,
        }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Unknown, Self::Pending, Self::Lost, Self::Estimated, Self::Provider]
            .into_iter()
            .find(|rank| *rank as u8 == byte)
    }
}

// === impl Once ===

impl Once {
    /// Opens the book in a spool's folder. One that cannot be read is begun anew: the database knows better.
    pub fn open(dir: &Path) -> Self {
        let path = dir.join("billed");
        let mut book = Book::default();
        if let Ok(bytes) = read(&path) {
            for entry in bytes.chunks_exact(ENTRY) {
                book.take(entry);
            }
        }
        book.file = rewrite(&path, &book).ok();
        Self(Mutex::new(book))
    }

    /// A book that lasts as long as the process.
    pub fn in_memory() -> Self {
        Self(Mutex::default())
    }

    /// The id of an answer's row: of the provider's id and the time it was made; where that is not told, of when the
    /// answer was first seen.
    pub fn id(&self, provider: Provider, id: &str, created: Option<Timestamp>, now: Timestamp) -> CallId {
        if let Some(created) = created {
            return CallId::of_answer(provider, id, created);
        }
        let first = CallId::of_answer(provider, id, now);
        let mut book = self.lock();
        match book.known.get(&first.mark()) {
            Some(&(millis, _)) => first.at(millis),
            None => {
                book.note(first, Rank::Unknown);
                first
            }
        }
    }

    /// When the provider made what goes by this id, if anybody was told.
    pub fn time_of(&self, provider: Provider, id: &str) -> Option<Timestamp> {
        let mark = CallId::of_answer(provider, id, Timestamp::UNIX_EPOCH).mark();
        let (millis, _) = *self.lock().known.get(&mark)?;
        Timestamp::from_millisecond(i64::try_from(millis).ok()?).ok()
    }

    /// Remembers when the provider made what goes by this id.
    pub fn note_time(&self, provider: Provider, id: &str, created: Timestamp) {
        self.lock().note(CallId::of_answer(provider, id, created), Rank::Unknown);
    }

    /// Whether a row of this rank says more than those before it; it is remembered.
    pub fn is_news(&self, id: CallId, rank: Rank) -> bool {
        self.lock().note(id, rank)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// === impl Book ===

impl Book {
    fn note(&mut self, id: CallId, rank: Rank) -> bool {
        let mark = id.mark();
        if self.known.get(&mark).is_some_and(|&(_, known)| known >= rank) {
            return false;
        }
        self.insert(mark, id.millis(), rank);
        if let Some(file) = &mut self.file {
            let mut entry = [0; ENTRY];
            write_entry(&mut entry, &mark, id.millis(), rank);
            // lost with a full disk: the database knows better
            let _ = file.write_all(&entry);
        }
        true
    }

    fn take(&mut self, entry: &[u8]) {
        let mut mark = [0; MARK];
        mark.copy_from_slice(&entry[..MARK]);
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&entry[MARK..MARK + 6]);
        if let Some(rank) = Rank::from_byte(entry[ENTRY - 1]) {
            self.insert(mark, u64::from_be_bytes(millis), rank);
        }
    }

    fn insert(&mut self, mark: [u8; MARK], millis: u64, rank: Rank) {
        if self.known.insert(mark, (millis, rank)).is_none() {
            self.order.push_back(mark);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

fn write_entry(entry: &mut [u8; ENTRY], mark: &[u8; MARK], millis: u64, rank: Rank) {
    entry[..MARK].copy_from_slice(mark);
    entry[MARK..MARK + 6].copy_from_slice(&millis.to_be_bytes()[2..]);
    entry[ENTRY - 1] = rank as u8;
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Only what is still known, so that the file stays small; appended to from here on.
fn rewrite(path: &Path, book: &Book) -> io::Result<File> {
    let mut bytes = Vec::with_capacity(book.order.len() * ENTRY);
    for mark in &book.order {
        if let Some(&(millis, rank)) = book.known.get(mark) {
            let mut entry = [0; ENTRY];
            write_entry(&mut entry, mark, millis, rank);
            bytes.extend_from_slice(&entry);
        }
    }
    let new = path.with_extension("new");
    std::fs::write(&new, bytes)?;
    std::fs::rename(&new, path)?;
    OpenOptions::new().append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn an_answer_with_a_time_has_one_id_wherever_it_is_read() {
        let (here, there) = (Once::in_memory(), Once::in_memory());
        let id = here.id(Provider::OpenAi, "resp_1", Some(at(1_794_000_000)), NOW);
        assert_eq!(there.id(Provider::OpenAi, "resp_1", Some(at(1_794_000_000)), at(1_796_000_000)), id);
        assert_eq!(id.created_at(), at(1_794_000_000));
        assert_ne!(here.id(Provider::OpenAi, "resp_2", Some(at(1_794_000_000)), NOW), id);
        assert_ne!(here.id(Provider::Xai, "resp_1", Some(at(1_794_000_000)), NOW), id);
    }

    #[test]
    fn an_answer_without_a_time_keeps_that_of_its_first_reading() {
        let dir = tempfile::tempdir().unwrap();
        let id = Once::open(dir.path()).id(Provider::Anthropic, "msg_1", None, NOW);
        let again = Once::open(dir.path());
        assert_eq!(again.id(Provider::Anthropic, "msg_1", None, at(1_795_100_000)), id);
        assert_eq!(again.time_of(Provider::Anthropic, "msg_1"), Some(NOW));
    }

    #[test]
    fn only_a_row_that_says_more_is_news() {
        let dir = tempfile::tempdir().unwrap();
        let once = Once::open(dir.path());
        let id = once.id(Provider::OpenAi, "resp_1", Some(NOW), NOW);
        assert!(once.is_news(id, Rank::Pending));
        assert!(!once.is_news(id, Rank::Pending));
        assert!(once.is_news(id, Rank::Provider));
        assert!(!once.is_news(id, Rank::Estimated));
        assert!(!Once::open(dir.path()).is_news(id, Rank::Provider));
    }

    #[test]
    fn a_torn_file_is_read_as_far_as_it_goes() {
        let dir = tempfile::tempdir().unwrap();
        let once = Once::open(dir.path());
        let ids: Vec<_> =
            ["a", "b"].iter().map(|name| once.id(Provider::OpenAi, name, Some(NOW), NOW)).collect();
        assert!(ids.iter().all(|&id| once.is_news(id, Rank::Provider)));
        let path = dir.path().join("billed");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        let again = Once::open(dir.path());
        assert!(!again.is_news(ids[0], Rank::Provider));
        assert!(again.is_news(ids[1], Rank::Provider));
    }

    #[test]
    fn the_oldest_are_forgotten_first() {
        let once = Once::in_memory();
        let id = |n: usize| CallId::of_answer(Provider::OpenAi, &n.to_string(), NOW);
        assert!((0..=MOST).all(|n| once.is_news(id(n), Rank::Provider)));
        assert!(once.is_news(id(0), Rank::Provider));
        assert!(!once.is_news(id(MOST), Rank::Provider));
    }
}
