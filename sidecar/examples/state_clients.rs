//! Very many pods' ends of the state stream in one process, each with a connection, a token and a gate of its own: what
//! `make bench WHAT=propagation` measures with.
//!
//! `state_clients FILE` reads `{"feature": …, "clients": [{"operators": […], "tokenFile": …, "caFile": …, "namespace": …}]}`.
//! Whenever what a client holds has changed, its gate is asked about a call of the feature, and a JSON line says what it
//! answered and when (Unix time in microseconds). Ends with its standard input.

use std::{
    io::{BufWriter, Read, Write},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use tokio::{sync::watch, task::JoinSet};
use tollgate_meter::Provider;
use tollgate_sidecar::{
    attribute::attribute,
    gate::{Verdict, decide},
    state::{
        CallFacts, Caller, CallingUser, Fingerprint, FlagSet, Model, PodState, StreamClient, StreamSettings,
        Trust, Workload,
    },
};

#[derive(Deserialize)]
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

/// What one client's gate answered.
struct Said {
    client: usize,
    known: bool,
    refused: bool,
    at_us: u128,
}

fn main() -> Result<()> {
    let file = std::env::args().nth(1).context("state_clients FILE")?;
    let plan: Plan = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let (tell, said) = channel();
    thread::spawn(move || print(&said));
    let (stop, stopping) = watch::channel(false);
    thread::spawn(move || {
        // Nothing is ever written to it: reading ends when whoever started us has gone.
        let _ended = std::io::stdin().read_to_end(&mut Vec::new());
        stop.send_replace(true);
    });
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(follow(plan, &tell, &stopping))
}

async fn follow(plan: Plan, tell: &Sender<Said>, stopping: &watch::Receiver<bool>) -> Result<()> {
    let mut headers = HeaderMap::new();
    headers.insert("x-tollgate-feature", HeaderValue::try_from(&plan.feature)?);
    let headers = Arc::new(headers);
    let mut streams = JoinSet::new();
    for (client, Client { operators, token_file, ca_file, namespace }) in plan.clients.into_iter().enumerate()
    {
        let operators = operators.iter().map(|url| url.parse()).collect::<Result<Vec<_>, _>>()?;
        let trust = Trust { given: None, file: Some(ca_file) };
        let workload = Workload { namespace: Some(namespace), ..Workload::default() };
        let (tell, headers) = (tell.clone(), Arc::clone(&headers));
        let pod = PodState::new(workload, move |flags| {
            // Who no longer listens ends us, too.
            let _gone = tell.send(ask(client, &headers, &flags));
        });
        let settings = StreamSettings::new(operators, token_file, trust);
        streams.spawn(StreamClient::new(settings, Arc::new(pod)).run(stopping.clone()));
    }
    streams.join_all().await;
    Ok(())
}

/// Asks the gate about a call, as the sidecar does for each.
fn ask(client: usize, headers: &HeaderMap, flags: &FlagSet) -> Said {
    let call = CallFacts {
        provider: Provider::OpenAi,
        path: "/v1/chat/completions",
        container: None,
        model: Model::Unread,
        others: &[],
        fingerprint: Fingerprint::None,
    };
    let attribution = attribute(headers, None, &call, flags, true);
    let caller = Caller { user: CallingUser::None, call: b"1" };
    let decision = decide(&attribution, flags, true, &caller, Timestamp::now());
    let refused = matches!(decision.verdict, Verdict::Refuse(_));
    let at_us = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
    Said { client, known: flags.is_known(), refused, at_us }
}

/// In a thread of its own, so that no client waits for the one who reads.
fn print(said: &Receiver<Said>) {
    let mut out = BufWriter::new(std::io::stdout());
    while let Ok(first) = said.recv() {
        for Said { client, known, refused, at_us } in std::iter::once(first).chain(said.try_iter()) {
            let at_us = u64::try_from(at_us).unwrap_or(u64::MAX);
            let line = json!({"client": client, "known": known, "refused": refused, "at_us": at_us});
            if writeln!(out, "{line}").is_err() {
                return;
            }
        }
        if out.flush().is_err() {
            return;
        }
    }
}
