//! A client of the library, as the sidecar runs it, and the gate behind it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tollgate_crds::stream::{LedgerAccess, Report};
use tollgate_meter::Provider;
use tollgate_sidecar::attribute::attribute;
use tollgate_sidecar::gate::{Verdict, decide};
use tollgate_sidecar::state::{
    CallFacts, Caller, CallingUser, Fingerprint, Model, PodState, SharedFlags, StreamClient, StreamLimits,
    StreamSettings, Trust, Workload,
};

use crate::operator::{Authority, Operator};
use crate::wait::{until, within};

pub(crate) struct Pod {
    folder: TempDir,
    flags: SharedFlags,
    ledger: mpsc::UnboundedReceiver<LedgerAccess>,
    stop: watch::Sender<bool>,
    client: JoinHandle<()>,
}

/// Waits are short; what a slow machine must not trip over is as long as it really is.
pub(crate) fn limits() -> StreamLimits {
    StreamLimits {
        leave: Duration::from_millis(1),
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(50),
        report: Duration::from_millis(20),
        renew: Duration::from_millis(10),
        ..StreamLimits::default()
    }
}

impl Pod {
    pub(crate) fn start(operator: &Operator, authority: &Authority) -> Self {
        Self::with(&[operator.url()], authority, limits())
    }

    pub(crate) fn with(operators: &[String], authority: &Authority, limits: StreamLimits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (token_file, ca_file) = (folder.path().join("token"), folder.path().join("ca.crt"));
        std::fs::write(&token_file, "token-1\n").unwrap();
        std::fs::write(&ca_file, authority.pem()).unwrap();
        let operators = operators.iter().map(|url| url.parse().unwrap()).collect();
        let trust = Trust { given: None, file: Some(ca_file) };
        let settings = StreamSettings { limits, ..StreamSettings::new(operators, token_file, trust) };
        let workload = Workload { namespace: Some("shop".to_owned()), ..Workload::default() };
        let (state, flags) = PodState::alone(workload, &["payments".to_owned()]);
        let (told, ledger) = mpsc::unbounded_channel();
        let (stop, stopping) = watch::channel(false);
        let client = StreamClient::new(settings, Arc::new(state))
            .on_ledger(move |access| drop(told.send(access)))
            .reporting(|| Report { open_calls: 3, ..Report::default() });
        let client = tokio::spawn(client.run(stopping));
        Self { folder, flags, ledger, stop, client }
    }

    /// Whether a call that names this feature would be refused now.
    pub(crate) fn refuses(&self, feature: &str) -> bool {
        let flags = self.flags.load();
        let headers =
            HeaderMap::from_iter([("x-tollgate-feature".parse().unwrap(), feature.parse().unwrap())]);
        let facts = CallFacts {
            provider: Provider::OpenAi,
            path: "/v1/chat/completions",
            container: None,
            model: Model::Unread,
            others: &[],
            fingerprint: Fingerprint::None,
        };
        let attribution = attribute(&headers, None, &facts, &flags, true);
        let caller = Caller { user: CallingUser::None, call: b"1" };
        matches!(decide(&attribution, &flags, true, &caller, Timestamp::now()).verdict, Verdict::Refuse(_))
    }

    pub(crate) async fn comes_to_refuse(&self, feature: &str) {
        until(&format!("{feature} to be refused"), || self.refuses(feature)).await;
    }

    pub(crate) async fn comes_to_pass(&self, feature: &str) {
        until(&format!("{feature} to pass"), || !self.refuses(feature)).await;
    }

    /// The next way to the ledger that it is told. All lines before it have then been heard.
    pub(crate) async fn ledger(&mut self) -> LedgerAccess {
        within("the way to the ledger", self.ledger.recv()).await.unwrap()
    }

    pub(crate) fn replace_token(&self, token: &str) {
        self.replace("token", token);
    }

    pub(crate) fn replace_certificates(&self, pem: &str) {
        self.replace("ca.crt", pem);
    }

    fn replace(&self, name: &str, text: &str) {
        let aside: PathBuf = self.folder.path().join("aside");
        std::fs::write(&aside, text).unwrap();
        std::fs::rename(aside, self.folder.path().join(name)).unwrap();
    }

    /// Told to stop, and stopped.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        within("the client's end", self.client).await.unwrap();
    }
}
