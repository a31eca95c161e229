//! Many pods' ends of the state stream in one process, each with its own connection and token, and the gate behind each:
//! what a bench of propagation listens to.
//!
//! ```text
//! state_clients FILE    {"feature": "chat", "clients": [{"operators": ["https://…:7443"], "tokenFile": "…",
//!                        "caFile": "…", "namespace": "shop"}, …]}
//! ```
//!
//! A line on standard output for each change of what a client's gate would say to a call: `{"client":0,"known":true,
//! "refused":false,"at_us":…}`, where `at_us` is Unix time in microseconds, taken after the gate was asked. Ends, with
//! goodbyes, when standard input does.

use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tollgate_meter::Provider;
use tollgate_sidecar::attribute::attribute;
use tollgate_sidecar::gate::{Verdict, decide};
use tollgate_sidecar::state::{
    CallFacts, Model, PodState, SharedFlags, StreamClient, StreamSettings, Trust, Workload,
};

/// Between two rounds through all gates: fine enough for the figures, and few enough wake-ups to leave them alone.
const ROUND: Duration = Duration::from_millis(1);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    feature: String,
    clients: Vec<Client>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    operators: Vec<String>,
    token_file: PathBuf,
    ca_file: PathBuf,
    namespace: String,
}

/// What a gate says: whether it knows a state, and whether it would refuse.
type Answer = (bool, bool);

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).context("name the file of clients")?;
    let Plan { feature, clients } = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let headers = HeaderMap::from_iter([("x-tollgate-feature".parse()?, HeaderValue::from_str(&feature)?)]);
    let (stop, stopping) = watch::channel(false);
    let mut gates = Vec::with_capacity(clients.len());
    let mut streams = JoinSet::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for client in clients {
        let (stream, flags) = client.open()?;
        streams.spawn_on(stream.run(stopping.clone()), runtime.handle());
        gates.push(flags);
    }
    let over = Arc::new(AtomicBool::new(false));
    let asks = thread::spawn({
        let over = Arc::clone(&over);
        move || ask(&gates, &headers, &over)
    });
    thread::spawn(move || {
        let _until_its_end = std::io::stdin().read_to_end(&mut Vec::new());
        stop.send_replace(true);
    });
    runtime.block_on(async { while streams.join_next().await.is_some() {} });
    over.store(true, Relaxed);
    asks.join().map_err(|_| anyhow::anyhow!("asking the gates failed"))?
}

/// Asks every gate, again and again, and tells what changed.
fn ask(gates: &[SharedFlags], headers: &HeaderMap, over: &AtomicBool) -> anyhow::Result<()> {
    let facts = CallFacts {
        provider: Provider::OpenAi,
        path: "/v1/chat/completions",
        container: None,
        model: Model::None,
    };
    let mut said: Vec<Option<Answer>> = vec![None; gates.len()];
    let mut output = BufWriter::new(std::io::stdout().lock());
    while !over.load(Relaxed) {
        for (client, (flags, said)) in gates.iter().zip(&mut said).enumerate() {
            let flags = flags.load();
            let verdict = decide(&attribute(headers, None, &facts, &flags, true), &flags, true);
            let answer = (flags.is_known(), matches!(verdict, Verdict::Refuse(_)));
            if said.replace(answer) != Some(answer) {
                let (known, refused) = answer;
                let at = jiff::Timestamp::now().as_microsecond();
                writeln!(
                    output,
                    r#"{{"client":{client},"known":{known},"refused":{refused},"at_us":{at}}}"#
                )?;
            }
        }
        output.flush()?;
        thread::sleep(ROUND);
    }
    Ok(())
}

// === impl Client ===

impl Client {
    fn open(self) -> anyhow::Result<(StreamClient, SharedFlags)> {
        let Self { operators, token_file, ca_file, namespace } = self;
        let operators = operators.iter().map(|url| url.parse()).collect::<Result<_, _>>()?;
        let trust = Trust { given: None, file: Some(ca_file) };
        let workload = Workload { namespace: Some(namespace), ..Workload::default() };
        let (pod, flags) = PodState::alone(workload, &[]);
        let settings = StreamSettings::new(operators, token_file, trust);
        Ok((StreamClient::new(settings, Arc::new(pod)), flags))
    }
}
