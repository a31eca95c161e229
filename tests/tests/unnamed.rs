//! Features that nobody names: their calls fall into groups, a flag names a group, and from then on it is obeyed.

use std::{collections::BTreeSet, fs, net::SocketAddr, process::Command};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        fleet::Fleet,
        http::{Call, Reply},
        programs, wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

const LETTERS: &str = "You answer letters of complaint for a furniture store. Apologise once, name the article, and offer \
                       a new delivery or the money back. Sign with the name of the branch.";
const PARCELS: &str = "You sort parcels by the text of their labels. Give the zone, the weight class and whether it is \
                       fragile, as three words. Unknown labels are zone nine.";
/// Enough calls to look for groups at once.
const CALLS: usize = 120;

/// A call of an app that names no feature; what is asked is never the same.
fn call(instructions: &str, number: usize) -> Call {
    let words = ["chair", "table", "lamp", "shelf", "broken", "late", "Tuesday", "heavy", "green", "missing"];
    // mixed, so that no text comes again: a few that come over and over are features
    let mut mixed = number + 1;
    let asked: Vec<&str> = (0..9)
        .map(|_| {
            mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
            words[mixed % words.len()]
        })
        .collect();
    chat(
        json!({"messages": [
            {"role": "system", "content": format!("{instructions} Today is 2026-11-{:02}.", number % 28 + 1)},
            {"role": "user", "content": format!("{} {number}", asked.join(" "))},
        ]}),
        "",
    )
}

fn send(to: SocketAddr, instructions: &str, number: usize) -> Reply {
    call(instructions, number).under("/openai").send(to)
}

/// So many calls of each.
fn send_all(to: SocketAddr) {
    for number in 0..CALLS {
        for instructions in [LETTERS, PARCELS] {
            assert_eq!(send(to, instructions, number).status(), 200);
        }
    }
}

fn names(feature: &str, fingerprint: &str, enabled: bool) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": feature, "namespace": "shop"},
        "spec": {"enabled": enabled, "match": [{"fingerprint": [fingerprint]}]},
    })
}

/// Some words of the prompts, in any case: of those no file and no table may have any.
fn holds_words(text: &str) -> bool {
    let text = text.to_lowercase();
    ["complaint", "furniture", "apologise", "parcels", "fragile", "zone nine"]
        .iter()
        .any(|word| text.contains(word))
}

#[test]
fn alone_a_sidecar_finds_groups_and_its_flags_file_names_and_turns_them_off() {
    let mut world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    send_all(world.sidecar.base);
    let groups_of = |world: &World, rows: usize| -> BTreeSet<String> {
        let rows = world.rows(rows);
        rows.iter().filter_map(|row| Some(row["metadata"]["fingerprint"].as_str()?.to_owned())).collect()
    };
    let mut sent = 2 * CALLS;
    let groups = wait::eventually("two groups", || {
        for instructions in [LETTERS, PARCELS] {
            send(world.sidecar.base, instructions, sent);
            sent += 1;
        }
        let groups = groups_of(&world, sent);
        if groups.len() == 2 { Ok(groups) } else { Err(groups) }
    });

    // which is whose, the rows say
    let of = |world: &mut World, instructions: &str, number| {
        let reply = send(world.sidecar.base, instructions, number);
        (reply, world.rows(number + 1).pop().unwrap())
    };
    let (_, row) = of(&mut world, LETTERS, sent);
    let letters = row["metadata"]["fingerprint"].as_str().unwrap().to_owned();
    assert_eq!(row["feature"], "unattributed");
    assert!(groups.contains(&letters));
    world.replace("flags.yaml", &serde_yaml::to_string(&names("letters", &letters, false)).unwrap());
    wait::eventually("the flags", || {
        let metrics = world.sidecar.metrics();
        let mut flags = metrics.named("tollgate_flag_enabled");
        if flags.any(|flag| flag.label("feature") == Some("letters")) { Ok(()) } else { Err("not yet") }
    });

    let (reply, row) = of(&mut world, LETTERS, sent + 1);
    assert_eq!(
        (reply.status(), &row["feature"], &row["outcome"]),
        (403, &json!("letters"), &json!("refused"))
    );
    assert_eq!(row["metadata"]["fingerprint"], letters.as_str());
    let (reply, row) = of(&mut world, PARCELS, sent + 2);
    assert_eq!((reply.status(), &row["feature"]), (200, &json!("unattributed")));

    // an id means the same after a start
    world.sidecar.terminate().unwrap();
    world.sidecar.restart().unwrap();
    let (reply, row) = of(&mut world, LETTERS, sent + 3);
    assert_eq!((reply.status(), row["metadata"]["fingerprint"].as_str()), (403, Some(&*letters)));
    let kept = fs::read_to_string(world.folder().join("spool/fingerprints.json")).unwrap();
    assert!(!holds_words(&kept) && !holds_words(&fs::read_to_string(world.ledger()).unwrap()));
}

#[test]
fn a_body_too_large_to_be_read_whole_passes_and_says_so() {
    let world = World::with(Setup {
        flags: Some(
            "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {name: letters}\n\
             spec: {enabled: false, match: [{fingerprint: [fp-3f61c09b2ad4]}]}\n",
        ),
        ..Setup::default()
    });
    let large = chat(json!({"messages": [{"role": "user", "content": "x ".repeat(1 << 20)}]}), "");
    assert_eq!(world.through(OpenAi, &large).status(), 200);
    assert_eq!(world.row()["metadata"]["gate"], "undetermined");
}

#[test]
fn an_admin_is_shown_the_groups_names_one_and_turns_it_off_in_every_pod() {
    let mut fleet = Fleet::start(1, &[]).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    let pod = fleet.pod_without_feature("shop").expect("a pod");
    wait::eventually("the installation's key", || {
        let path = fleet.pod_folder("shop", pod).join("spool/ledger-access.json");
        fs::metadata(&path).map_err(|error| error.to_string())
    });
    send_all(fleet.pods[pod].sidecar.base);
    wait::eventually("two groups in the database", || {
        let count = fleet.ask("select count(*) from fingerprint_groups").unwrap();
        if count.trim() == "2" { Ok(()) } else { Err(count) }
    });
    let before = groups_of(&fleet);

    // the pod knows the next calls, so their rows have the group
    let base = fleet.pods[pod].sidecar.base;
    let mut number = CALLS;
    let listed = wait::eventually("the list", || {
        for instructions in [LETTERS, PARCELS] {
            send(base, instructions, number);
        }
        number += 1;
        let listed = list(&fleet, &["--output", "json"]);
        let groups: Vec<Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let named: Vec<Value> = groups.into_iter().filter(|group| group["fingerprint"].is_string()).collect();
        if named.len() == 2 { Ok(named) } else { Err(listed) }
    });
    assert_eq!((&listed[0]["namespace"], &listed[0]["workloads"]), (&json!("shop"), &json!(["web"])));
    assert!(list(&fleet, &[]).contains("kind: FeatureFlag"));

    // one of them is named by the manifest that is shown, and turned off
    let mut manifest: Value = serde_yaml::from_str(listed[0]["manifest"].as_str().unwrap()).unwrap();
    let feature = manifest["metadata"]["name"].clone();
    manifest["spec"]["enabled"] = json!(false);
    fleet.apply(&manifest).expect("the manifest is taken");
    let outcomes = wait::eventually("one of the two refused", || {
        let statuses = [LETTERS, PARCELS].map(|instructions| send(base, instructions, 7).status());
        if statuses.contains(&403) { Ok(statuses) } else { Err(statuses) }
    });
    assert!(outcomes.contains(&200), "{outcomes:?}");
    wait::eventually("its row", || {
        let rows =
            fleet.ask("select distinct feature from provider_usage_logs where outcome = 'refused'").unwrap();
        if feature.as_str() == Some(rows.trim()) { Ok(()) } else { Err(rows) }
    });

    // ids outlive the operator
    fleet.operators[0].kill().unwrap();
    fleet.operators[0].start_again().unwrap();
    fleet.operators[0].ready().unwrap();
    assert_eq!(groups_of(&fleet), before);
    assert_eq!(
        [LETTERS, PARCELS].map(|instructions| send(base, instructions, 8).status()),
        outcomes,
        "an id means what it meant"
    );
    for table in ["fingerprint_groups", "fingerprint_sketches", "provider_usage_logs"] {
        let text = fleet.ask(&format!("select t::text from {table} t")).unwrap();
        assert!(!holds_words(&text), "{table} has words of a prompt");
    }
}

/// The groups, and what they are.
fn groups_of(fleet: &Fleet) -> String {
    fleet
        .ask("select id, seq, endpoint, md5(has || lacks::text) from fingerprint_groups order by seq")
        .unwrap()
}

/// What `tollgate fingerprints` prints.
fn list(fleet: &Fleet, arguments: &[&str]) -> String {
    let url = fleet.postgres.url("ledger");
    let output = Command::new(programs::operator())
        .args(["fingerprints", "--database-url", &url])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
