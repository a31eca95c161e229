use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tollgate_operator::database::audit::{Chain, Change, Sides, known, record, verify};

use crate::support::{Database, url};

fn change(uid: &str, version: &str, sides: Sides) -> Change {
    Change {
        cluster: "c".to_owned(),
        at: "2026-11-25T10:00:00.123456Z".parse().unwrap(),
        kind: "FeatureFlag".to_owned(),
        namespace: "shop".to_owned(),
        name: "chat".to_owned(),
        feature: "chat".to_owned(),
        uid: uid.to_owned(),
        resource_version: version.to_owned(),
        actor: Some("ada@example.com".to_owned()),
        actor_groups: vec!["admins".to_owned()],
        via: Some("kubectl".to_owned()),
        reason: None,
        sides,
    }
}

fn created(uid: &str) -> Change {
    change(
        uid,
        "1",
        Sides::Created { after: json!({"enabled": true, "weight": 1.50, "text": "a \"b\" \\ ü\0"}) },
    )
}

fn changed(uid: &str, version: &str) -> Change {
    let (before, after) = (json!({"enabled": true}), json!({"enabled": false}));
    change(uid, version, Sides::Changed { before, after })
}

#[tokio::test]
async fn a_change_stands_once_however_often_it_is_recorded() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    let first = record(handle.pool(), &created("u1")).await.unwrap();
    assert!(first.fresh && first.seq == 1);
    let second = record(handle.pool(), &changed("u1", "2")).await.unwrap();
    assert_eq!(second.seq, 2);
    let again = record(handle.pool(), &created("u1")).await.unwrap();
    assert!(!again.fresh && again.seq == 1 && again.hash == first.hash);
    assert_eq!(database.count("flag_changes").await, 2);
    let whole = Chain::Whole { rows: 2, head: Some(second.hash) };
    assert_eq!(verify(handle.pool(), "c").await.unwrap(), whole);
    assert_eq!(verify(handle.pool(), "another").await.unwrap(), Chain::Whole { rows: 0, head: None });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_make_one_chain_without_a_gap() {
    let database = Database::migrated().await;
    let handle = database.handle();
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let handle = handle.clone();
            // each twice
            tokio::spawn(async move {
                record(handle.pool(), &created(&format!("u{}", number / 2))).await.unwrap()
            })
        })
        .collect();
    let mut fresh = 0;
    for task in tasks {
        fresh += usize::from(task.await.unwrap().fresh);
    }
    assert_eq!(fresh, 20);
    assert!(matches!(verify(handle.pool(), "c").await.unwrap(), Chain::Whole { rows: 20, .. }));
}

/// JSON as Postgres writes a jsonb: keys by length, then by bytes, a space behind colons and commas.
fn as_jsonb(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
            let parts =
                members.into_iter().map(|(key, value)| format!("{}: {}", json!(key), as_jsonb(value)));
            format!("{{{}}}", joined(parts.collect()))
        }
        Value::Array(items) => format!("[{}]", joined(items.iter().map(as_jsonb).collect())),
        _ => value.to_string(),
    }
}

#[tokio::test]
async fn the_hash_can_be_computed_by_anybody_who_reads_the_row() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    record(handle.pool(), &created("u1")).await.unwrap();
    record(handle.pool(), &changed("u1", "2")).await.unwrap();
    let mut before = vec![0; 32];
    for mut row in database.rows("select * from flag_changes order by seq").await {
        let members = row.as_object_mut().unwrap();
        let hash = members.remove("hash").unwrap();
        members.insert("at".to_owned(), json!("2026-11-25T10:00:00.123456Z"));
        let mut hasher = Sha256::new();
        hasher.update(&before);
        hasher.update(as_jsonb(&row));
        before = hasher.finalize().to_vec();
        let hex: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, format!("\\x{hex}"));
    }
}

#[tokio::test]
async fn a_row_that_was_changed_taken_out_or_moved_shows() {
    let harms = [
        ("update flag_changes set actor = 'nobody' where seq = 3", 3),
        ("update flag_changes set before = '{\"enabled\": false}' where seq = 2", 2),
        ("delete from flag_changes where seq = 2", 3),
        ("update flag_changes set at = at + interval '1 microsecond' where seq = 1", 1),
        ("update flag_changes set seq = seq + 1 where seq = 5", 6),
        ("update flag_changes set seq = 10 - seq where seq in (2, 3)", 4),
    ];
    for (harm, at) in harms {
        let mut database = Database::migrated().await;
        let handle = database.handle();
        record(handle.pool(), &created("u1")).await.unwrap();
        for version in ["2", "3", "4", "5"] {
            record(handle.pool(), &changed("u1", version)).await.unwrap();
        }
        database.run(format!("alter table flag_changes disable trigger only_added; {harm}")).await;
        assert_eq!(verify(handle.pool(), "c").await.unwrap(), Chain::Broken { seq: at }, "{harm}");
    }
}

#[tokio::test]
async fn even_the_owner_is_refused_to_change_what_was_recorded() {
    let mut database = Database::migrated().await;
    record(database.handle().pool(), &created("u1")).await.unwrap();
    for sql in ["update flag_changes set actor = 'x'", "delete from flag_changes", "truncate flag_changes"] {
        for role in ["admin", "tollgate_owner"] {
            database.run(format!("set role {role}")).await;
            let error = sqlx::query(sql).execute(&mut database.connection).await.expect_err(sql);
            assert!(error.to_string().contains("only added"), "{sql}: {error}");
        }
    }
}

#[tokio::test]
async fn a_new_leader_learns_what_was_recorded_last_of_the_flags_that_are_there() {
    let database = Database::migrated().await;
    let handle = database.handle();
    record(handle.pool(), &created("u1")).await.unwrap();
    record(handle.pool(), &changed("u1", "2")).await.unwrap();
    record(handle.pool(), &created("u2")).await.unwrap();
    record(handle.pool(), &change("u2", "3", Sides::Deleted { before: json!({}) })).await.unwrap();
    let known = known(handle.pool(), "c").await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(
        (&*known[0].uid, &*known[0].resource_version, &known[0].after),
        ("u1", "2", &json!({"enabled": false}))
    );
}

/// What `tollgate audit …` prints, and whether it was content.
fn tollgate(database: &Database, words: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_tollgate"))
        .arg("audit")
        .args(words)
        .args(["--database-url", &url("admin", &database.name)])
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn the_command_line_is_content_with_a_whole_chain_and_names_the_row_that_breaks_it() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    record(handle.pool(), &created("u1")).await.unwrap();
    let head = record(handle.pool(), &changed("u1", "2")).await.unwrap().hash;
    let (content, said) = tollgate(&database, &["verify"]);
    assert!(
        content && said.contains(&format!("\"c\": 2 changes, each follows from the one before; head {head}")),
        "{said}"
    );

    database.run("alter table flag_changes disable trigger only_added; update flag_changes set actor = 'eve' where seq = 2").await;
    let (content, said) = tollgate(&database, &["verify", "--output", "json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((content, &said["broken_at"], &said["whole"]), (false, &json!(2), &json!(false)));
}

#[tokio::test]
async fn a_chain_that_lost_its_end_is_found_by_a_head_that_was_noted() {
    let mut database = Database::migrated().await;
    let handle = database.handle();
    record(handle.pool(), &created("u1")).await.unwrap();
    let head = record(handle.pool(), &changed("u1", "2")).await.unwrap().hash;
    record(handle.pool(), &changed("u1", "3")).await.unwrap();
    assert!(tollgate(&database, &["verify", "--head", &head]).0);
    database
        .run("alter table flag_changes disable trigger only_added; delete from flag_changes where seq > 1")
        .await;
    assert!(tollgate(&database, &["verify"]).0, "nothing in the chain says that it was longer");
    let (content, said) = tollgate(&database, &["verify", "--head", &head]);
    assert!(!content && said.contains("were cut off"), "{said}");
}

#[tokio::test]
async fn changes_are_listed_newest_first_with_who_and_both_sides() {
    let database = Database::migrated().await;
    let handle = database.handle();
    record(handle.pool(), &created("u1")).await.unwrap();
    record(handle.pool(), &changed("u1", "2")).await.unwrap();
    record(handle.pool(), &Change { namespace: "other".to_owned(), ..created("u2") }).await.unwrap();
    let (_, said) =
        tollgate(&database, &["list", "--namespace", "shop", "--flag", "chat", "--output", "json"]);
    let rows: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["action"], &rows[1]["action"]), (&json!("changed"), &json!("created")));
    assert_eq!(rows[0]["before"], json!({"enabled": true}));
    assert_eq!(rows[0]["actor"], "ada@example.com");
}
