use tollgate_operator::database::login::{self, Login, LoginError, Whose};

use crate::support::Database;

#[tokio::test]
async fn the_sidecars_login_gets_the_urls_password_and_no_statement_holds_it() {
    let mut database = Database::migrated().await;
    let url = "postgres://tollgate_sidecar:it%27s%20a%20secret@db.example/tollgate?sslmode=require";
    assert_eq!(login::set(&mut database.connection, Whose::Sidecars, url).await.unwrap(), Login::Set);
    let stored = "select rolpassword from pg_authid where rolname = 'tollgate_sidecar'";
    let first = database.value(stored).await;
    assert!(first.as_str().unwrap().starts_with("SCRAM-SHA-256$4096:"), "{first}");
    // The salt is another one each time.
    assert_eq!(login::set(&mut database.connection, Whose::Sidecars, url).await.unwrap(), Login::Set);
    assert_ne!(database.value(stored).await, first);
}

#[tokio::test]
async fn another_login_and_a_url_without_a_password_are_left_alone() {
    let mut database = Database::migrated().await;
    for url in
        ["postgres://pooled:secret@db.example/tollgate", "postgres://tollgate_sidecar@db.example/tollgate"]
    {
        assert_eq!(
            login::set(&mut database.connection, Whose::Sidecars, url).await.unwrap(),
            Login::NotOurs,
            "{url}"
        );
    }
}

#[tokio::test]
async fn who_may_not_set_it_is_told_what_to_do() {
    let mut database = Database::migrated().await;
    database.run("set role tollgate_owner").await;
    let url = "postgres://tollgate_sidecar:secret@db.example/tollgate";
    let error = login::set(&mut database.connection, Whose::Sidecars, url).await.unwrap_err();
    assert!(matches!(error, LoginError::Database { .. }), "{error:?}");
    assert!(
        error.to_string().contains("ALTER ROLE tollgate_sidecar PASSWORD")
            && !error.to_string().contains("secret")
    );
}

#[tokio::test]
async fn the_consoles_login_is_another_one() {
    let mut database = Database::migrated().await;
    let url = "postgres://tollgate_console:another-secret@db.example/tollgate";
    let set = login::set(&mut database.connection, Whose::Sidecars, url).await.unwrap();
    assert_eq!(set, Login::NotOurs);
    let set = login::set(&mut database.connection, Whose::Console, url).await.unwrap();
    assert_eq!(set, Login::Set);
    let stored = database.value("select rolpassword from pg_authid where rolname = 'tollgate_console'").await;
    assert!(stored.as_str().unwrap().starts_with("SCRAM-SHA-256$4096:"), "{stored}");
}
