//! Rows by way of the operator: what it has acknowledged is no longer anybody else's to lose.

use std::fs;

use serde_json::json;
use tollgate_tests::harness::{
    control_plane::ControlPlane,
    operator::{Operator, Replica},
    postgres::{self, Postgres},
    sidecar::{Around, Sidecar},
    standin::Standin,
    wait,
    world::chat,
};

use super::world::{ca, install, pod};

const CALLS: u64 = 5;

#[tokio::test]
async fn rows_that_a_killed_operator_had_acknowledged_reach_the_ledger_though_their_pod_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let plane = ControlPlane::start().unwrap();
    let cluster = plane.cluster().await.unwrap();
    install(&cluster).await;
    let standin = Standin::start(folder.path()).unwrap();
    let mut postgres = Postgres::start().unwrap();
    let url = postgres.url("ledger");
    postgres::query(&postgres.url("postgres"), "create database ledger").unwrap();
    postgres.stop().unwrap();

    let settings = folder.path().join("operator.yaml");
    fs::write(&settings, "ledger: {via: Operator}\n").unwrap();
    let mut replica = Replica::prepare("one", &cluster, plane.kubeconfig(), folder.path()).await.unwrap();
    replica.arguments = vec![
        format!("--config={}", settings.display()),
        format!("--database-url={url}"),
        format!("--sidecar-database-url={}", postgres.url_as("tollgate_sidecar", "ledger")),
        format!("--usage-dir={}", folder.path().join("usage").display()),
    ];
    let mut operator = Operator::start(&replica, folder.path()).unwrap();
    operator.ready().unwrap();

    cluster.namespace("shop", &[("tollgate.dev/inject", "enabled")]).await.unwrap();
    let reference = pod(&cluster, "shop", "web-0").await;
    let token = folder.path().join("token");
    fs::write(&token, cluster.token(&reference, "tollgate").await.unwrap()).unwrap();
    let own = folder.path().join("pod");
    fs::create_dir(&own).unwrap();
    let config = json!({
        "upstreams": {"openai": format!("http://{}", standin.openai)},
        "workload": {"cluster": "default", "namespace": "shop", "name": "web", "pod": "web-0", "feature": "chat"},
        "spool": own.join("spool"),
        "ledger": "operator",
        "operator": {
            "url": format!("https://{}", operator.push), "tokenFile": token, "ca": ca(&cluster).await,
        },
    });
    let mut sidecar = Sidecar::start(&own, config, Around::default()).unwrap();
    for _ in 0..CALLS {
        assert_eq!(chat(json!({}), "").under("/openai").send(sidecar.base).status(), 200);
    }
    wait::eventually("the operator to have taken over all rows", || {
        let kept = operator.metrics().sum("tollgate_operator_usage_rows", &[]);
        let waiting = sidecar.metrics().sum("tollgate_spool_records", &[]);
        if (kept, waiting) == (CALLS, 0) { Ok(()) } else { Err((kept, waiting)) }
    });

    operator.kill().unwrap();
    sidecar.kill().unwrap();
    fs::remove_dir_all(&own).unwrap();
    postgres.start_again().unwrap();
    operator.start_again().unwrap();
    operator.ready().unwrap();

    let rows = "select count(*) || ' of ' || count(distinct id) || ' by ' || string_agg(distinct pod, ' ') from provider_usage_logs";
    wait::eventually("each row in the ledger, once", || {
        let found = postgres::query(&url, rows).map_err(|error| error.to_string())?;
        if found == format!("{CALLS} of {CALLS} by web-0") { Ok(()) } else { Err(found) }
    });
}

#[tokio::test]
async fn an_operator_whose_folder_for_rows_cannot_be_used_becomes_ready_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let plane = ControlPlane::start().unwrap();
    let cluster = plane.cluster().await.unwrap();
    install(&cluster).await;
    let unusable = folder.path().join("usage");
    fs::write(&unusable, "a file, and no folder").unwrap();
    let mut replica = Replica::prepare("one", &cluster, plane.kubeconfig(), folder.path()).await.unwrap();
    replica.arguments = vec![format!("--usage-dir={}", unusable.display())];
    let mut operator = Operator::start(&replica, folder.path()).unwrap();
    operator.ready().unwrap();

    let metrics = operator.metrics();
    let good: Vec<_> =
        metrics.named("tollgate_operator_usage_folder_good").map(|sample| &sample.value).collect();
    assert_eq!(good, ["0"]);
    let log = operator.log();
    assert!(log.contains("mend the volume of --usage-dir") && log.contains("Not a directory"), "{log}");
}
