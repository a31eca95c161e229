//! Replicas come and go. Each test has a control plane of its own: leases are shared by those of one.

use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tollgate_tests::harness::{
    control_plane::{Cluster, ControlPlane},
    operator::{Operator, Replica},
    state_stream::{Caller, StateStream},
};

use super::world::{ca, flag, install, off, on, pod};

/// A control plane with these replicas, a labelled namespace and a pod in it.
pub(crate) struct Installation {
    pub(crate) plane: ControlPlane,
    pub(crate) cluster: Cluster,
    pub(crate) folder: TempDir,
    pub(crate) replicas: Vec<Replica>,
    pub(crate) operators: Vec<Operator>,
    pub(crate) ca: String,
    pub(crate) token: String,
}

pub(crate) const SHOP: &str = "shop";

// === impl Installation ===

impl Installation {
    pub(crate) async fn start(names: &[&'static str]) -> Installation {
        let plane = ControlPlane::start().expect("a control plane");
        let cluster = plane.cluster().await.expect("a client");
        let folder = tempfile::tempdir().expect("a folder");
        install(&cluster).await;
        let (mut replicas, mut operators) = (Vec::new(), Vec::new());
        for name in names {
            let replica =
                Replica::prepare(name, &cluster, plane.kubeconfig(), folder.path()).await.expect("a pod");
            let mut operator = Operator::start(&replica, folder.path()).expect("an operator");
            operator.ready().expect("ready");
            replicas.push(replica);
            operators.push(operator);
        }
        cluster.namespace(SHOP, &[("tollgate.dev/inject", "enabled")]).await.expect("a namespace");
        let pod = pod(&cluster, SHOP, "web-0").await;
        let token = cluster.token(&pod, "tollgate").await.expect("a token");
        let ca = ca(&cluster).await;
        Installation { plane, cluster, folder, replicas, operators, ca, token }
    }

    pub(crate) async fn set(&self, enabled: bool) {
        self.cluster.apply(&flag(SHOP, "chat", json!({"enabled": enabled}))).await.expect("applied");
    }

    /// The pod's stream from this replica.
    pub(crate) async fn listen(&self, replica: usize) -> StateStream {
        let mut caller = Caller::connect(self.operators[replica].push, &self.ca).await.expect("a connection");
        caller.state(&self.token).await.expect("an answer").expect("a stream")
    }
}

#[tokio::test]
async fn any_replica_serves_any_pod_and_goes_on_when_the_other_is_killed() {
    let mut world = Installation::start(&["one", "two"]).await;
    world.set(true).await;
    let (mut first, mut second) = (world.listen(0).await, world.listen(1).await);
    first.until(on("chat")).await.unwrap();
    second.until(on("chat")).await.unwrap();

    // the first one leads: it started alone
    world.operators[0].kill().unwrap();
    first.end().await.unwrap();
    world.set(false).await;

    second.until(off("chat")).await.unwrap();
}

#[tokio::test]
async fn a_replica_that_comes_back_after_all_were_killed_tells_what_changed_meanwhile() {
    let mut world = Installation::start(&["one", "two"]).await;
    world.set(true).await;
    for operator in &mut world.operators {
        operator.kill().unwrap();
    }
    world.set(false).await;

    world.operators = vec![Operator::start(&world.replicas[1], world.folder.path()).unwrap()];
    // the certificate lies in the cluster: no leader is needed to serve
    world.operators[0].ready().unwrap();

    world.listen(0).await.until(off("chat")).await.unwrap();
}

#[tokio::test]
async fn a_replica_that_is_told_to_stop_lets_its_streams_go_one_after_the_other() {
    let mut world = Installation::start(&["one"]).await;
    let mut streams = Vec::new();
    for _ in 0..24 {
        streams.push(world.listen(0).await);
    }
    for stream in &mut streams {
        stream.until(|line| line["type"] == "state").await.unwrap();
    }

    world.operators[0].terminate().unwrap();

    let ends: Vec<_> = streams
        .into_iter()
        .map(|mut stream| {
            tokio::spawn(async move {
                stream.end().await.unwrap();
                std::time::Instant::now()
            })
        })
        .collect();
    let mut moments = Vec::new();
    for end in ends {
        moments.push(end.await.unwrap());
    }
    let spread = moments.iter().max().unwrap().duration_since(*moments.iter().min().unwrap());
    // Chance spreads them over eight seconds; that all fall into one is beyond belief.
    assert!(spread > Duration::from_secs(1), "{spread:?}");
    assert!(world.operators[0].ended().success(), "{}", world.operators[0].log());
}

#[tokio::test]
async fn a_replica_that_is_told_to_stop_is_not_ready_and_gives_the_lease_back() {
    let mut world = Installation::start(&["one", "two"]).await;
    let stream = world.listen(0).await;
    world.operators[0].terminate().unwrap();
    super::world::eventually("not ready", async || (!world.operators[0].is_ready()).then_some(())).await;
    drop(stream);
    assert!(world.operators[0].ended().success());
    super::world::eventually("the other one leads", async || {
        world.operators[1].log().contains("this replica leads").then_some(())
    })
    .await;
}
