//! The names of what pods belong to.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};

use super::{Workload, WorkloadKind};

fn of(kind: &str, name: &str, label: Option<(&str, &str)>) -> Workload {
    let owner = OwnerReference {
        kind: kind.to_owned(),
        name: name.to_owned(),
        controller: Some(true),
        ..Default::default()
    };
    Workload::of_metadata(&ObjectMeta {
        name: Some("pod-x".to_owned()),
        owner_references: Some(vec![owner]),
        labels: label.map(|(key, value)| [(key.to_owned(), value.to_owned())].into()),
        ..Default::default()
    })
}

#[test]
fn a_workload_has_the_name_that_people_know() {
    let hash = Some(("pod-template-hash", "7d9f8c6b5"));
    let rollout = Some(("rollouts-pod-template-hash", "7d9f8c6b5"));
    let table = [
        (of("ReplicaSet", "web-7d9f8c6b5", hash), "Deployment", "web"),
        (of("ReplicaSet", "web-7d9f8c6b5", rollout), "Rollout", "web"),
        (of("ReplicaSet", "web-7d9f8c6b5", None), "ReplicaSet", "web-7d9f8c6b5"),
        (of("ReplicaSet", "web", hash), "ReplicaSet", "web"),
        (of("StatefulSet", "db", None), "StatefulSet", "db"),
        (of("DaemonSet", "agent", None), "DaemonSet", "agent"),
        (of("Job", "nightly-29926080", None), "CronJob", "nightly"),
        (of("Job", "import-20261125", None), "Job", "import-20261125"),
        (of("Job", "import-2", None), "Job", "import-2"),
        (of("Job", "import", None), "Job", "import"),
        (of("Workflow", "train", None), "Workflow", "train"),
    ];
    for (workload, kind, name) in table {
        assert_eq!((workload.kind.name(), workload.name.as_str()), (kind, name));
    }
}

#[test]
fn a_pod_made_by_hand_has_its_own_name() {
    let named = ObjectMeta { name: Some("probe".to_owned()), ..Default::default() };
    let generated = ObjectMeta { generate_name: Some("probe-".to_owned()), ..Default::default() };
    for metadata in [named, generated] {
        assert_eq!(
            Workload::of_metadata(&metadata),
            Workload { kind: WorkloadKind::Pod, name: "probe".to_owned() }
        );
    }
}

#[test]
fn an_owner_that_does_not_control_the_pod_does_not_name_it() {
    let owner = OwnerReference { kind: "Node".to_owned(), name: "n1".to_owned(), ..Default::default() };
    let metadata = ObjectMeta {
        name: Some("etcd-n1".to_owned()),
        owner_references: Some(vec![owner]),
        ..Default::default()
    };
    assert_eq!(Workload::of_metadata(&metadata).name, "etcd-n1");
}

#[test]
fn what_makes_the_pods_anew_is_a_command_where_there_is_one() {
    let hash = Some(("pod-template-hash", "abc"));
    assert_eq!(
        of("ReplicaSet", "web-abc", hash).restart("shop", "web-abc-1"),
        "kubectl -n shop rollout restart deployment/web"
    );
    assert_eq!(
        of("StatefulSet", "db", None).restart("shop", "db-0"),
        "kubectl -n shop rollout restart statefulset/db"
    );
    assert_eq!(
        of("Workflow", "train", None).restart("shop", "train-1"),
        "kubectl -n shop delete pod train-1"
    );
}
