use tollgate_meter::{Ratio, TextMeasure};

use super::*;

fn facts<'a>(feature: &'a str, user_id: Option<&'a str>) -> OpenFacts<'a> {
    OpenFacts {
        provider: Provider::Anthropic,
        host: "api.anthropic.com",
        endpoint: "/v1/messages",
        feature,
        user_id,
        account: Some("abcdefgh"),
    }
}

#[test]
fn a_call_that_was_open_when_the_process_died_is_found_with_all_that_was_known() {
    let place = Place::new();
    let Opened { mut writers, shipper, .. } = place.open(2);
    let id = new_id();
    let call = writers[1].begin(id, &facts("chat", Some("ada"))).unwrap();
    let prompt = TextMeasure { ascii: 1, two: 2, three: 3, four: 4, marks: 5, parts: 6, media: 7 };
    let ratio = Ratio::from_sums([300, 200, 40, 50]);
    let learned =
        Learned { model: Some("claude-sonnet-4-5"), user_id: Some("grace"), streamed: true, prompt, ratio };
    writers[1].learn(&call, &learned);
    let progress = Progress { status: Some(200), delivered: TextMeasure { ascii: 70, ..Default::default() } };
    writers[1].progress(&call, &progress);
    drop((writers, shipper));

    let orphans = place.open(2).orphans;
    let [orphan] = &*orphans else { panic!("{orphans:?}") };
    assert_eq!((orphan.facts.id, orphan.writer, orphan.facts.provider), (id, 1, Provider::Anthropic));
    let orphan = &orphan.facts;
    assert_eq!(
        (&*orphan.host, &*orphan.endpoint, &*orphan.feature),
        ("api.anthropic.com", "/v1/messages", "chat")
    );
    assert_eq!((orphan.user_id.as_deref(), orphan.account.as_deref()), (Some("grace"), Some("abcdefgh")));
    assert_eq!((orphan.model.as_deref(), orphan.streamed), (Some("claude-sonnet-4-5"), true));
    assert_eq!((orphan.prompt, orphan.ratio, orphan.progress), (prompt, ratio, progress));
}

#[test]
fn an_orphan_is_found_until_its_row_was_written_and_never_after() {
    let place = Place::new();
    let id = new_id();
    let mut opened = place.open(1);
    let _died_open = opened.writers[0].begin(id, &facts("chat", None));
    drop(opened);
    drop(place.open(1)); // a start that dies before it wrote the row
    let mut opened = place.open(1);
    let orphan = opened.orphans.remove(0);
    assert_eq!(orphan.facts.id, id);
    append(&mut opened.writers[orphan.writer], orphan.facts.id, "ada", Some(orphan.call));
    drop(opened);
    let opened = place.open(1);
    assert!(opened.orphans.is_empty());
    ship_all(opened.shipper, &place.ledger());
    assert_eq!(place.lines(), BTreeMap::from([(id, 1)]));
}

#[test]
fn orphans_of_more_writers_than_there_are_now_are_found_too() {
    let place = Place::new();
    let mut opened = place.open(5);
    let made: Vec<_> = (0..5).map(|_| new_id()).collect();
    for (writer, id) in opened.writers.iter_mut().zip(&made) {
        let _died_open = writer.begin(*id, &facts("chat", None));
    }
    drop(opened);
    let mut opened = place.open(2);
    let mut found: Vec<_> = opened.orphans.iter().map(|orphan| orphan.facts.id).collect();
    found.sort_unstable();
    let mut expected = made;
    expected.sort_unstable();
    assert_eq!(found, expected);
    for orphan in opened.orphans {
        append(&mut opened.writers[orphan.writer], orphan.facts.id, "ada", Some(orphan.call));
    }
    drop((opened.writers, opened.shipper));
    assert!(place.open(2).orphans.is_empty());
    assert!(!place.spool().join("open-04.calls").exists(), "removed when nothing is open in it");
}

#[test]
fn a_call_killed_between_its_record_and_the_closing_of_its_slot_is_no_orphan() {
    let place = Place::new();
    let mut opened = place.open(1);
    let call = opened.writers[0].begin(new_id(), &facts("chat", None)).unwrap();
    let slot = call.slot;
    append(&mut opened.writers[0], new_id(), "x", None);
    let id = new_id();
    let again = opened.writers[0].begin(id, &facts("chat", None)).unwrap();
    let again_slot = again.slot;
    append(&mut opened.writers[0], id, "ada", Some(again));
    drop(opened);
    // As the file was before the slot was closed: open, and the record's place noted.
    let path = place.spool().join("open-00.calls");
    let mut bytes = fs::read(&path).unwrap();
    let at = 1024 * (usize::from(again_slot) + 1);
    assert_eq!(bytes[at], 0);
    bytes[at] = 1;
    fs::write(&path, bytes).unwrap();

    let opened = place.open(1);
    assert_eq!(opened.orphans.len(), 1, "only the one that has no record");
    assert_eq!(opened.orphans[0].call.slot, slot);
    drop(call);
}

#[test]
fn more_open_calls_than_slots_go_on_unwitnessed_and_are_counted() {
    let place = Place::new();
    let mut opened = place.open(1);
    let writer = &mut opened.writers[0];
    let open: Vec<_> = (0..1025).map(|_| writer.begin(new_id(), &facts("chat", None))).collect();
    assert!(open[1023].is_some() && open[1024].is_none());
    assert_eq!(opened.stats.unwitnessed(), 1);
    for call in open {
        append(writer, new_id(), "ada", call);
    }
    assert!(writer.begin(new_id(), &facts("chat", None)).is_some(), "slots are used again");
}

#[test]
fn what_does_not_fit_into_a_slot_is_left_out_and_the_rest_stays() {
    let place = Place::new();
    let mut opened = place.open(1);
    let (feature, user) = ("f".repeat(253), "u".repeat(1024));
    let call = opened.writers[0].begin(new_id(), &facts(&feature, Some(&user))).unwrap();
    let learned = Learned {
        model: Some("gpt-4o"),
        user_id: None,
        streamed: true,
        prompt: TextMeasure::default(),
        ratio: Ratio::default(),
    };
    opened.writers[0].learn(&call, &learned);
    drop(opened);
    let orphan = place.open(1).orphans.remove(0).facts;
    assert_eq!((orphan.feature, orphan.user_id, orphan.model.as_deref()), (feature, None, Some("gpt-4o")));
}

#[test]
fn a_file_of_open_calls_that_is_none_is_set_aside() {
    let place = Place::new();
    drop(place.open(1));
    let path = place.spool().join("open-00.calls");
    fs::write(&path, "something else").unwrap();
    let mut opened = place.open(1);
    assert!(opened.writers[0].begin(new_id(), &facts("chat", None)).is_some());
    assert_eq!(fs::read(path.with_extension("broken")).unwrap(), b"something else");
}
