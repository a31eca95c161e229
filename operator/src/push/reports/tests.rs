//! What a status may count.

use jiff::Timestamp;
use kube::core::DynamicObject;
use serde_json::json;
use tollgate_crds::stream::{Attribution, UnpricedModel};

use super::*;
use crate::index::{INJECT, Kind, Namespace, Phase, Pod};

fn now() -> Timestamp {
    Timestamp::from_second(1).unwrap()
}

/// A namespace with a flag and these running pods.
fn world(pods: &[&str]) -> (Index, Flag) {
    let mut index = Index::new(Attribution::default());
    let namespace = Namespace {
        name: "shop".to_owned(),
        uid: String::new(),
        labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
        annotations: Default::default(),
    };
    index.reset_namespaces(vec![namespace], "5", now());
    index.reset_flags(Kind::ClusterFeatureFlag, Vec::new(), "5", now());
    index.reset_flags(Kind::FeatureFlag, Vec::new(), "5", now());
    let flag = change(&mut index, 6, true);
    for pod in pods {
        index.apply_pod(Pod {
            uid: (*pod).to_owned(),
            namespace: "shop".to_owned(),
            name: (*pod).to_owned(),
            phase: Phase::Running,
            injected: true,
            owner: None,
            labels: Default::default(),
            annotations: Default::default(),
            terminating: false,
        });
    }
    (index, flag)
}

fn change(index: &mut Index, version: i64, enabled: bool) -> Flag {
    let object: DynamicObject = serde_json::from_value(json!({
        "metadata": {
            "name": "chat", "namespace": "shop", "uid": "f", "resourceVersion": version.to_string(),
            "generation": version,
        },
        "spec": {"enabled": enabled},
    }))
    .unwrap();
    let flag = Flag::read(Kind::FeatureFlag, object);
    index.apply_flag(flag.clone(), now());
    flag
}

fn report(index: &Index) -> Report {
    let versions = index.published("shop").unwrap().state.versions.clone();
    Report { versions, ..Report::default() }
}

#[test]
fn a_sidecar_counts_once_it_has_said_that_it_holds_the_flag() {
    let (index, flag) = world(&["a", "b"]);
    let reports = Reports::default();
    let _a = reports.listen("a", "shop", "a");
    let _b = reports.listen("b", "shop", "b");
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 0);
    reports.take("a", report(&index));
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 1);
}

#[test]
fn a_sidecar_that_holds_the_flag_as_it_was_does_not_count() {
    let (mut index, _) = world(&["a"]);
    let reports = Reports::default();
    let _a = reports.listen("a", "shop", "a");
    reports.take("a", report(&index));
    let flag = change(&mut index, 7, false);
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 0);
    reports.take("a", report(&index));
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 1);
}

#[test]
fn a_sidecar_that_has_gone_does_not_count() {
    let (index, flag) = world(&["a"]);
    let reports = Reports::default();
    let a = reports.listen("a", "shop", "a");
    reports.take("a", report(&index));
    drop(a);
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 0);
}

#[test]
fn a_sidecar_with_two_streams_counts_once() {
    let (index, flag) = world(&["a"]);
    let reports = Reports::default();
    let (first, _second) = (reports.listen("a", "shop", "a"), reports.listen("a", "shop", "a"));
    reports.take("a", report(&index));
    drop(first);
    reports.recount(&index);
    assert_eq!(reports.current(&flag), 1);
}

#[test]
fn other_replicas_counts_are_added_where_they_are_of_the_same_flag() {
    let (index, flag) = world(&["a"]);
    let reports = Reports::default();
    let _a = reports.listen("a", "shop", "a");
    reports.take("a", report(&index));
    reports.recount(&index);
    let count = |generation, current| Said {
        counts: Counts::from([("f".to_owned(), Count { generation, current })]),
        ..Said::default()
    };
    reports.take_peer("other".to_owned(), count(flag.generation, 4));
    reports.take_peer("lagging".to_owned(), count(flag.generation - 1, 7));
    assert_eq!(reports.current(&flag), 5);
}

fn calling(index: &Index, models: &[&str]) -> Report {
    let model = |model: &&str| UnpricedModel {
        feature: "chat".to_owned(),
        provider: "openai".to_owned(),
        model: (*model).to_owned(),
        looks_like: None,
    };
    Report { unpriced: models.iter().map(model).collect(), ..report(index) }
}

fn unpriced(reports: &Reports) -> Vec<(String, String)> {
    reports.unpriced().into_iter().map(|one| (one.namespace, one.model.model)).collect()
}

#[test]
fn models_without_a_price_are_those_of_all_sidecars_and_replicas_each_once() {
    let (index, _) = world(&["a", "b"]);
    let reports = Reports::default();
    let (_a, b) = (reports.listen("a", "shop", "a"), reports.listen("b", "shop", "b"));
    reports.take("a", calling(&index, &["gpt-9"]));
    reports.take("b", calling(&index, &["gpt-9", "mine"]));
    let (said, changed) = reports.recount(&index);
    assert!(changed && said.unpriced.len() == 2, "{said:?}");
    let elsewhere = Unpriced { namespace: "lab".to_owned(), ..said.unpriced.first().unwrap().clone() };
    reports.take_peer("other".to_owned(), Said { unpriced: [elsewhere].into(), ..Said::default() });
    let all = [("lab", "gpt-9"), ("shop", "gpt-9"), ("shop", "mine")];
    assert_eq!(unpriced(&reports), all.map(|(namespace, model)| (namespace.to_owned(), model.to_owned())));
    drop(b);
    reports.recount(&index);
    assert_eq!(unpriced(&reports).len(), 2);
}

#[test]
fn what_a_replica_of_an_older_release_says_names_no_models() {
    let said: Said = serde_json::from_str(r#"{"counts":{"f":{"generation":1,"current":2}}}"#).unwrap();
    assert_eq!((said.counts.len(), said.unpriced.len()), (1, 0));
}

#[test]
fn sidecars_are_counted_by_their_release_and_those_that_went_quiet_are_named() {
    let (index, _) = world(&["a", "b", "c"]);
    let reports = Reports::default();
    let _listening: Vec<_> = ["a", "b", "c"].map(|pod| reports.listen(pod, "shop", pod)).into();
    let of = |release: &str, spool_records| Report {
        release: release.to_owned(),
        spool_records,
        ..report(&index)
    };
    reports.take("a", of("0.2.0", 3));
    reports.take("b", of("0.2.0", 50_000));
    reports.take("c", of("0.1.0", 0));
    reports.lock().sidecars.get_mut("c").unwrap().heard = None;
    let other = Said { heard: reports.recount(&index).0.heard, ..Said::default() };
    reports.take_peer("other".to_owned(), other);
    let told: Vec<_> = reports
        .heard()
        .into_iter()
        .map(|heard| (heard.release, heard.sidecars, heard.quiet, heard.spooling))
        .collect();
    assert_eq!(told, [("0.1.0".to_owned(), 2, 2, 0), ("0.2.0".to_owned(), 4, 0, 2)]);
}
