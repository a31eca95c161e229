use jiff::{SignedDuration, Timestamp};

use super::*;

fn names() -> Vec<String> {
    ["tollgate-operator.tollgate-system.svc", "127.0.0.1"].map(str::to_owned).to_vec()
}

fn start() -> Timestamp {
    "2026-11-25T00:00:00Z".parse().unwrap()
}

fn after(days: i64) -> Timestamp {
    start() + SignedDuration::from_hours(24 * days)
}

fn made(now: Timestamp) -> Material {
    make(Due::Authority("test"), None, &names(), now).unwrap()
}

#[test]
fn where_nothing_is_an_authority_is_made() {
    assert_eq!(due(None, &names(), start()), Some(Due::Authority("there is none yet")));
    assert_eq!(due(Some(&made(start())), &names(), start()), None);
}

#[test]
fn a_certificate_is_renewed_when_a_third_of_its_life_is_left() {
    let material = made(start());
    assert_eq!(due(Some(&material), &names(), after(19)), None);
    let found = due(Some(&material), &names(), after(21));
    assert_eq!(found, Some(Due::Certificate("it comes near its end")));
    let renewed = make(found.unwrap(), Some(&material), &names(), after(21)).unwrap();
    assert_eq!(due(Some(&renewed), &names(), after(21)), None);
    assert_eq!((renewed.ca_certificate, renewed.ca_key), (material.ca_certificate, material.ca_key));
    assert_ne!(renewed.key, material.key);
}

#[test]
fn a_certificate_for_other_names_is_made_anew() {
    let mut more = names();
    more.push("tollgate.example".to_owned());
    assert_eq!(due(Some(&made(start())), &more, start()), Some(Due::Certificate("it lacks a name")));
}

#[test]
fn an_old_authority_keeps_its_key() {
    let material = made(start());
    let late = after(2600);
    let found = due(Some(&material), &names(), late);
    assert_eq!(found, Some(Due::AuthorityCertificate));
    let renewed = make(found.unwrap(), Some(&material), &names(), late).unwrap();
    assert_eq!(renewed.ca_key, material.ca_key);
    assert_ne!(renewed.ca_certificate, material.ca_certificate);
    assert_eq!(due(Some(&renewed), &names(), late), None);
}

#[test]
fn what_cannot_be_read_is_made_anew() {
    let material = Material { certificate: "nonsense".to_owned(), ..made(start()) };
    assert_eq!(due(Some(&material), &names(), start()), Some(Due::Certificate("it cannot be read")));
    let material = Material { ca_certificate: "nonsense".to_owned(), ..made(start()) };
    assert!(matches!(due(Some(&material), &names(), start()), Some(Due::Authority(_))));
    let material = Material { ca_key: None, ..made(start()) };
    assert!(matches!(due(Some(&material), &names(), start()), Some(Due::Authority(_))));
}

#[test]
fn a_key_is_never_shown() {
    let material = made(start());
    assert!(!format!("{material:?}").contains("PRIVATE KEY"));
}
