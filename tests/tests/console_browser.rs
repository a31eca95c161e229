//! The console as people meet it: in a real Chromium, against a real apiserver, operator, Postgres and sidecars. Each test is a journey
//! of `tests/browser/journeys`, which says what is seen on the way.

#[path = "console_browser/company.rs"]
mod company;

use serde_json::{Value, json};
use tollgate_tests::harness::focus;

use self::company::{disturbed, shared};

#[test]
fn a_person_signs_in_by_a_token_and_out_again() {
    shared().goes("sign-in");
}

#[test]
fn a_figure_moves_when_a_call_is_made_without_a_reload() {
    shared().goes("live");
}

#[test]
fn a_feature_is_turned_off_with_a_look_before_and_a_way_back() {
    shared().goes("toggle");
}

#[test]
fn calls_that_name_no_feature_are_named_in_two_clicks() {
    shared().goes("naming");
}

#[test]
fn a_price_is_proposed_and_says_what_history_would_have_cost() {
    shared().goes("proposing");
}

#[test]
fn an_undo_of_what_somebody_has_changed_since_says_who_and_changes_nothing() {
    shared().goes("conflict");
}

#[test]
fn a_flag_of_git_is_overridden_for_a_while_or_patched_there() {
    shared().goes("gitops");
}

#[test]
fn whoever_may_not_sees_the_role_that_would_and_nothing_of_other_teams() {
    shared().goes("forbidden");
}

#[test]
fn everything_is_done_by_keys_alone() {
    shared().goes("keyboard");
}

#[test]
fn pages_say_the_same_without_a_script() {
    shared().goes("plain");
}

#[test]
fn every_page_is_usable_by_all_by_day_and_by_night() {
    shared().goes("pages");
}

#[test]
fn every_page_fits_a_phone() {
    shared().goes("phone");
}

#[test]
fn the_file_for_finops_is_what_the_foundations_validator_asks_for() {
    let said = focus::validated(&shared().file("/focus.csv?range=90d"));
    // where no invoice is known it must be null; this is its counterpart for charges that have one, which it asks of all
    assert_eq!(said["failed"], json!({"InvoiceId-C-005-C": "Nullability check for InvoiceId"}));
    assert!(said["held"].as_u64() > Some(100), "{said}");
}

#[test]
fn a_change_is_taken_while_the_operator_is_away_and_reaches_sidecars_when_it_is_back() {
    let mut company = disturbed();
    company.goes_while("operator", |fleet, what, _| match what {
        "operator goes" => fleet.operators[0].kill().map(|()| Value::Null),
        "operator comes" => {
            fleet.operators[0].start_again()?;
            fleet.operators[0].ends_with_us()?;
            Ok(Value::Null)
        }
        other => anyhow::bail!("nobody knows how to do {other:?}"),
    });
}

#[test]
fn flags_are_shown_and_turned_while_postgres_is_away_and_figures_come_back() {
    let mut company = disturbed();
    company.goes_while("ledger", |fleet, what, _| match what {
        "postgres goes" => fleet.postgres.stop().map(|()| Value::Null),
        "postgres comes" => {
            fleet.postgres.start_again()?;
            fleet.postgres.ends_with_us()?;
            Ok(Value::Null)
        }
        other => anyhow::bail!("nobody knows how to do {other:?}"),
    });
}
