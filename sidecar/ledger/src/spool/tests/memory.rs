use std::sync::Arc;

use serde_json::Value;

use super::*;

/// A spool that takes one small segment and then no more.
fn full(place: &Place) -> Opened {
    let settings = SpoolSettings { max_bytes: 0, ..SpoolSettings::new(place.spool(), 1) };
    Spool::open(&settings).unwrap()
}

fn fill_up(opened: &mut Opened) -> BTreeMap<CallId, usize> {
    let mut made = BTreeMap::new();
    while opened.stats.memory_records() < 3 {
        let id = new_id();
        append(&mut opened.writers[0], id, "ada", None);
        made.insert(id, 1);
    }
    made
}

#[test]
fn records_that_the_disk_does_not_take_wait_in_memory_and_reach_the_ledger() {
    let place = Place::new();
    let mut opened = full(&place);
    let made = fill_up(&mut opened);
    assert_eq!(opened.stats.append_failures(), 3);
    assert_eq!(opened.stats.waiting_records(), made.len() as u64);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), made);
    assert_eq!((opened.stats.memory_records(), opened.stats.dropped()), (0, 0));
}

/// Of a pod: whatever the disk does, its calls go on.
fn open_anyhow(place: &Place) -> Opened {
    let settings = SpoolSettings { must_be_usable: false, ..SpoolSettings::new(place.spool(), 2) };
    Spool::open(&settings).unwrap()
}

#[test]
fn a_folder_that_takes_nothing_from_the_start_on_ends_none_where_calls_must_go_on() {
    let place = Place::new();
    // not even root can put anything into it
    fs::write(place.spool(), "no folder").unwrap();
    let why = Spool::open(&SpoolSettings::new(place.spool(), 2)).unwrap_err();
    assert!(matches!(why, SpoolError::Unusable { .. }), "{why}");
    let mut opened = open_anyhow(&place);
    let made: BTreeMap<CallId, usize> = (0..4).map(|_| (new_id(), 1)).collect();
    for (at, id) in made.keys().enumerate() {
        append(&mut opened.writers[at % 2], *id, "ada", None);
    }
    assert_eq!(opened.stats.memory_records(), 4);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), made);
}

#[test]
fn what_lies_there_is_sent_though_nothing_can_be_noted_of_it() {
    let place = Place::new();
    let mut opened = place.open(1);
    let made: BTreeMap<CallId, usize> = (0..3).map(|_| (new_id(), 1)).collect();
    made.keys().for_each(|id| append(&mut opened.writers[0], *id, "ada", None));
    drop(opened);
    fs::remove_file(place.spool().join("cursor")).unwrap();
    fs::create_dir(place.spool().join("cursor")).unwrap();
    let opened = open_anyhow(&place);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), made);
}

#[test]
fn a_folder_of_another_process_is_not_gone_into_all_the_same() {
    let place = Place::new();
    let _first = place.open(1);
    let settings = SpoolSettings { must_be_usable: false, ..SpoolSettings::new(place.spool(), 1) };
    assert!(matches!(Spool::open(&settings), Err(SpoolError::InUse { .. })));
}

#[test]
fn with_no_ledger_either_they_go_to_the_disk_when_it_takes_them_again() {
    let place = Place::new();
    let mut opened = full(&place);
    let made = fill_up(&mut opened);
    let run = opened.shipper.run(Sink::file("/dev/full"), std::future::ready(()), Duration::from_millis(1));
    assert_eq!(block_on(run), made.len() as u64);
    assert_eq!(opened.stats.memory_records(), 0, "the shipper's own lane began a segment");
    drop(opened.writers);
    let opened = place.open(1);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    assert_eq!(place.lines(), made);
}

#[test]
fn a_call_whose_record_waits_in_memory_stays_open_until_the_record_is_elsewhere() {
    let place = Place::new();
    let mut opened = full(&place);
    fill_up(&mut opened);
    let id = new_id();
    let facts = OpenFacts {
        provider: Provider::OpenAi,
        host: "api.openai.com",
        endpoint: "/v1/models",
        feature: "chat",
        user_id: None,
        account: None,
    };
    let call = opened.writers[0].begin(id, &facts);
    append(&mut opened.writers[0], id, "ada", call);
    let copy = place.spool().join("open-00.calls");
    let open_slots = || {
        let bytes = fs::read(&copy).unwrap();
        bytes.chunks(1024).skip(1).filter(|slot| slot[0] == 1).count()
    };
    assert_eq!(open_slots(), 1);
    let mut sink = Sink::file(place.ledger());
    while block_on(opened.shipper.ship(&mut sink)).unwrap() {}
    assert_eq!(open_slots(), 0);
    assert_eq!(place.lines()[&id], 1);
}

#[test]
fn beyond_the_bound_of_memory_records_are_added_up_and_none_is_lost() {
    let place = Place::new();
    let mut opened = full(&place);
    let user = "u".repeat(100_000);
    let mut made = 0;
    while opened.stats.merged() < 10 {
        append(&mut opened.writers[0], new_id(), &user, None);
        made += 1;
    }
    assert!(opened.stats.memory_records() >= 80, "{} of 100 kB in 8 MiB", opened.stats.memory_records());
    let stats = Arc::clone(&opened.stats);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
    let text = fs::read_to_string(place.ledger()).unwrap();
    let calls = text.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["metadata"]["merged"].as_u64().unwrap_or(1)
    });
    assert_eq!((calls.sum::<u64>(), stats.dropped()), (made, 0));
}

#[test]
fn a_spool_within_a_limit_stays_below_four_fifths_of_it_and_takes_most_of_that() {
    const LIMIT: u64 = 6 << 20;
    let place = Place::new();
    let settings = SpoolSettings::new(place.spool(), 2).within(LIMIT);
    let mut opened = Spool::open(&settings).unwrap();
    for writer in 0..2 {
        while opened.stats.append_failures() <= writer {
            append(&mut opened.writers[usize::try_from(writer).unwrap()], new_id(), "ada", None);
        }
    }
    let entries = fs::read_dir(place.spool()).unwrap();
    let used: u64 = entries.map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    assert!(used <= LIMIT / 5 * 4 && used > LIMIT / 2, "{used} of {LIMIT}");
}

#[test]
fn a_limit_too_small_for_anything_leaves_a_spool_that_works() {
    let place = Place::new();
    let mut opened = Spool::open(&SpoolSettings::new(place.spool(), 1).within(0)).unwrap();
    append(&mut opened.writers[0], new_id(), "ada", None);
    assert_eq!(ship_all(opened.shipper, &place.ledger()), 0);
}
