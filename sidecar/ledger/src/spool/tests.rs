//! The spool and the file behind it, whatever happens to them.

mod memory;
mod model;
mod open_calls;

use std::{
    collections::BTreeMap,
    fs,
    future::pending,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use tempfile::TempDir;
use tollgate_meter::{Outcome, Provider, Usage, UsageSource};

use super::*;
use crate::{CallId, CallIds, Metadata, Record, Sink, record::id_of};

/// A spool's folder, and the ledger's file beside it.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn spool(&self) -> PathBuf {
        self.dir.path().join("spool")
    }

    fn ledger(&self) -> PathBuf {
        self.dir.path().join("logs/usage.jsonl")
    }

    fn open(&self, writers: usize) -> Opened {
        Spool::open(&SpoolSettings::new(self.spool(), writers)).unwrap()
    }

    /// How often each id stands in the ledger. Panics at anything that is no whole line.
    fn lines(&self) -> BTreeMap<CallId, usize> {
        let text = fs::read_to_string(self.ledger()).unwrap_or_default();
        assert!(text.is_empty() || text.ends_with('\n'), "half a line at the end");
        let mut found = BTreeMap::new();
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(row["received_at"].as_str().unwrap().parse::<Timestamp>().is_ok());
            *found.entry(id_of(line.as_bytes()).unwrap()).or_default() += 1;
        }
        found
    }

    fn segments(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.spool()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "spool")).collect()
    }
}

fn ids() -> CallIds {
    CallIds::from_os().unwrap()
}

fn new_id() -> CallId {
    ids().next(Timestamp::now())
}

/// A record with a user as long as wanted.
fn append(writer: &mut SpoolWriter, id: CallId, user: &str, call: Option<OpenCall>) {
    let usage = Usage::default();
    let record = Record {
        id,
        cluster: None,
        namespace: Some("shop"),
        workload: None,
        pod: None,
        container: None,
        feature: "chat",
        user_id: Some(user),
        provider: Provider::OpenAi,
        host: "api.openai.com",
        model: None,
        endpoint: "/v1/models",
        outcome: Outcome::Completed,
        status: Some(200),
        streamed: false,
        tokens: usage.tokens(),
        cost: None,
        usage_source: UsageSource::None,
        account: None,
        metadata: Metadata::of(&usage),
    };
    writer.append(&record, call);
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Ships everything into the ledger's file.
fn ship_all(shipper: Shipper, ledger: &Path) -> u64 {
    block_on(shipper.run(Sink::file(ledger), std::future::ready(()), Duration::from_secs(60)))
}

#[test]
fn a_second_process_on_the_same_folder_is_told_so() {
    let place = Place::new();
    let first = place.open(1);
    let error = Spool::open(&SpoolSettings::new(place.spool(), 1)).err().unwrap();
    assert!(matches!(error, SpoolError::InUse { .. }));
    assert!(error.to_string().contains("is used by another process"), "{error}");
    drop(first);
    place.open(1);
}

#[test]
fn what_was_appended_stands_in_the_ledger_and_its_segments_go() {
    let place = Place::new();
    let mut opened = place.open(2);
    let mut expected = BTreeMap::new();
    for number in 0..100 {
        let id = new_id();
        append(&mut opened.writers[number % 2], id, "ada", None);
        expected.insert(id, 1);
    }
    assert_eq!(opened.stats.waiting_records(), 100);
    assert!(place.segments().len() > 4, "segments are small in tests");
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), expected);
    assert_eq!(opened.stats.waiting_bytes(), 0);
    drop(opened.writers);

    let opened = place.open(2);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.segments(), Vec::<PathBuf>::new());
    assert_eq!(place.lines(), expected);
}

#[test]
fn a_record_is_shipped_soon_after_it_was_appended_while_the_shipper_runs() {
    let place = Place::new();
    let Opened { mut writers, shipper, stats, .. } = place.open(1);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let ledger = place.ledger();
    let background = std::thread::spawn(move || {
        block_on(shipper.run(Sink::file(ledger), async { drop(stopped.await) }, Duration::from_secs(60)))
    });
    // One after the other, each from idle: a wake-up that gets lost would wait for ever.
    for count in 1..=20 {
        append(&mut writers[0], new_id(), "ada", None);
        while stats.waiting_records() > 0 {
            std::thread::yield_now();
        }
        assert_eq!(place.lines().len(), count);
    }
    stop.send(()).unwrap();
    assert_eq!(background.join().unwrap(), 0);
}

#[test]
fn without_a_ledger_records_are_acknowledged_and_gone() {
    let place = Place::new();
    let Opened { mut writers, shipper, stats, .. } = place.open(1);
    append(&mut writers[0], new_id(), "ada", None);
    assert_eq!(block_on(shipper.run(Sink::None, std::future::ready(()), Duration::from_secs(60))), 0);
    assert_eq!(stats.waiting_records(), 0);
}

#[test]
fn a_ledger_that_takes_nothing_leaves_records_on_the_spool_for_the_next_start() {
    let place = Place::new();
    let Opened { mut writers, shipper, stats, .. } = place.open(1);
    let id = new_id();
    append(&mut writers[0], id, "ada", None);
    // Takes writes and fails each, for want of room.
    let run = shipper.run(Sink::file("/dev/full"), std::future::ready(()), Duration::from_millis(1));
    assert_eq!(block_on(run), 1);
    assert_eq!(stats.trouble(), Some("disk_full"));
    assert!(stats.lag_millis(Timestamp::MAX) > 0);
    drop(writers);

    let opened = place.open(1);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), BTreeMap::from([(id, 1)]));
}

#[test]
fn a_ledger_file_that_was_moved_away_is_made_again() {
    let place = Place::new();
    let moved = place.ledger().with_extension("1");
    let Opened { mut writers, mut shipper, .. } = place.open(1);
    let mut sink = Sink::file(place.ledger());
    let (first, second) = (new_id(), new_id());
    append(&mut writers[0], first, "ada", None);
    assert!(block_on(shipper.ship(&mut sink)).unwrap());
    fs::rename(place.ledger(), &moved).unwrap();
    append(&mut writers[0], second, "ada", None);
    assert!(block_on(shipper.ship(&mut sink)).unwrap());
    assert_eq!(place.lines(), BTreeMap::from([(second, 1)]));
    fs::rename(moved, place.ledger()).unwrap();
    assert_eq!(place.lines(), BTreeMap::from([(first, 1)]));
}

#[test]
fn a_line_that_others_left_unfinished_is_ended_not_cut() {
    let place = Place::new();
    fs::create_dir_all(place.ledger().parent().unwrap()).unwrap();
    fs::write(place.ledger(), "not ours").unwrap();
    let Opened { mut writers, shipper, .. } = place.open(1);
    append(&mut writers[0], new_id(), "ada", None);
    ship_all(shipper, &place.ledger());
    let text = fs::read_to_string(place.ledger()).unwrap();
    assert!(text.starts_with("not ours\n{\"id\":\""), "{text}");
}

#[test]
fn damage_within_an_old_segment_costs_only_the_records_it_hit() {
    let place = Place::new();
    let Opened { mut writers, shipper, .. } = place.open(1);
    let all: Vec<_> = (0..5).map(|_| new_id()).collect();
    for id in &all {
        append(&mut writers[0], *id, "ada", None);
    }
    drop((writers, shipper));
    let segment = place.segments().remove(0);
    let mut bytes = fs::read(&segment).unwrap();
    let second = memchr::memmem::find(&bytes, all[1].to_string().as_bytes()).unwrap();
    bytes[second + 50] ^= 1;
    fs::write(&segment, bytes).unwrap();

    let opened = place.open(1);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert!(opened.stats.damaged_bytes() > 0);
    let left: BTreeMap<_, _> =
        all.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, id)| (*id, 1)).collect();
    assert_eq!(place.lines(), left);
}

#[test]
fn an_idle_shipper_ends_when_it_is_told() {
    let place = Place::new();
    let opened = place.open(1);
    let run = async {
        tokio::select! {
            left = opened.shipper.run(Sink::None, async { tokio::task::yield_now().await }, Duration::ZERO) => left,
            () = pending() => unreachable!(),
        }
    };
    assert_eq!(block_on(run), 0);
}

#[test]
fn a_clock_that_jumps_back_and_forth_loses_no_record_and_doubles_none() {
    let place = Place::new();
    let mut ids = ids();
    let mut written = BTreeMap::new();
    // years, too: a node that came up without its time, and then heard it
    for hours in [0, -1, 1, 0, -30_000, 0, 30_000, -500_000, 0] {
        let mut opened = place.open(1);
        for _ in 0..2 {
            let id = ids.next(Timestamp::now() + jiff::SignedDuration::from_hours(hours));
            append(&mut opened.writers[0], id, "ada", None);
            written.insert(id, 1);
        }
    }
    assert_eq!(written.len(), 18);
    assert_eq!(ship_all(place.open(1).shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), written);
}
