//! A sidecar in a pod follows its operator: what it is told holds, is kept on the spool's volume, and is reported back.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tollgate_crds::stream::{
    AdminPrices, CONFIG_MAP_CA, CONFIG_MAP_STATE, LedgerAccess, NamespaceState, OpenCall, Report,
};
use tollgate_ledger::{Access, AccountKey, HandedOver, Handover, LostCall, Sink, Witness};
use tollgate_meter::PriceBook;

use crate::config::OperatorConfig;
use crate::shared::{Shared, selected};
use crate::state::{
    self, FileWatch, Kept, Look, PodState, STREAM, Source, StreamClient, StreamSettings, Trust,
};

const CONFIG_MAP: &str = "config_map";
const PRICES: &str = "prices";

/// Everything that a state can come from, and who takes it.
pub(super) struct Following {
    pod: Arc<PodState>,
    shared: Arc<Shared>,
    settings: StreamSettings,
    config_map: Option<FileWatch<NamespaceState, serde_json::Error>>,
    kept: Kept,
    ways: Ways,
    /// Rows on their way to the operator.
    batches: Option<mpsc::Receiver<HandedOver>>,
    /// What would be lost with this pod.
    witness: Option<Witness>,
}

/// Where rows go, as it was told last.
#[derive(Clone)]
struct Ways {
    database: watch::Sender<Option<Arc<Access>>>,
    operator: watch::Sender<bool>,
}

/// In one report, so that it stays well below what an operator takes (1 MiB): more calls than that are open in few pods.
const OPEN_CALLS: usize = 1000;
const WAITING_BYTES: usize = 256 << 10;
/// A sketch has at most 3 kB.
const SKETCHES: usize = 32;

// === impl Following ===

impl Following {
    /// `folder` is the spool's.
    pub(super) fn of(operator: &OperatorConfig, folder: &Path, shared: &Arc<Shared>) -> Self {
        let OperatorConfig { url, token_file, ca, state_directory, deny_until_known: _ } = operator;
        shared.metrics.state.follows(STREAM, Instant::now());
        let kept = Kept::new(folder.to_owned());
        let takes = Arc::clone(shared);
        let pod = PodState::new(selected(&shared.identity), move |flags| takes.take_flags(flags))
            .keeping(kept.clone())
            .measured(Arc::clone(&shared.metrics.state));
        let in_directory = |name: &str| state_directory.as_ref().map(|directory| directory.join(name));
        let trust = Trust { given: ca.clone(), file: in_directory(CONFIG_MAP_CA) };
        Self {
            pod: Arc::new(pod),
            shared: Arc::clone(shared),
            settings: StreamSettings::new(vec![url.clone()], token_file.clone(), trust),
            config_map: in_directory(CONFIG_MAP_STATE).map(state::state_file),
            kept,
            ways: Ways { database: watch::Sender::new(None), operator: watch::Sender::new(false) },
            batches: None,
            witness: None,
        }
    }

    /// Where the rows go, as soon as that is told.
    pub(super) fn sink(&mut self) -> std::io::Result<Sink> {
        let (handover, batches) = Handover::new(self.ways.operator.subscribe());
        self.batches = Some(batches);
        Sink::of_pod(self.ways.database.subscribe(), handover)
    }

    /// Who knows what would be lost with this pod: it is told in each report.
    pub(super) fn witnessed_by(&mut self, witness: Witness) {
        self.witness = Some(witness);
    }

    /// The first look, before the first call: at what this pod knew before, then at the ConfigMap, which may be newer.
    pub(super) fn look(&mut self) {
        if let Some(state) = self.kept.state() {
            self.pod.offer(state, Source::Volume, Instant::now());
        }
        if let Some(access) = self.kept.access() {
            take_access(&access, &self.shared, &self.ways);
        }
        if let Some(prices) = self.kept.prices() {
            take_prices(&prices, &self.shared);
        }
        if let Some(fingerprints) = self.kept.fingerprints() {
            self.shared.fingerprints.take(fingerprints.groups);
        }
        if let Some(config_map) = &mut self.config_map {
            let now = Instant::now();
            look(config_map.look(now), &self.pod, &self.shared);
        }
        if self.pod.versions().is_empty() {
            tracing::warn!(
                "no state of the flags is known yet: neither this pod's volume nor the ConfigMap has one. Until the \
                 operator answers, calls pass, but those of features that are denied until then"
            );
        }
    }

    /// Follows until told to stop. The handle ends when the operator knows of it, too.
    pub(super) fn spawn(
        self,
        tasks: &mut JoinSet<&'static str>,
        stop: watch::Receiver<bool>,
    ) -> JoinHandle<()> {
        let Self { pod, shared, settings, config_map, kept, ways, batches, witness } = self;
        if let Some(config_map) = config_map {
            let (pod, shared) = (Arc::clone(&pod), Arc::clone(&shared));
            tasks.spawn(async move {
                config_map.run(|found| look(found, &pod, &shared)).await;
                CONFIG_MAP
            });
        }
        let metrics = Arc::clone(&shared.metrics);
        let budgets = Arc::clone(&shared.budgets);
        let (priced, keeps_prices) = (Arc::clone(&shared), kept.clone());
        let (grouped, keeps_groups, reports) = (Arc::clone(&shared), kept.clone(), Arc::clone(&shared));
        let mut client = StreamClient::new(settings, pod)
            .on_ledger(move |told| {
                let access = kept.completed(told);
                take_access(&access, &shared, &ways);
                kept.keep_access(&access);
            })
            .on_prices(move |prices| {
                if take_prices(&prices, &priced) {
                    keeps_prices.keep_prices(&prices);
                }
            })
            .on_fingerprints(move |fingerprints| {
                keeps_groups.keep_fingerprints(&fingerprints);
                grouped.fingerprints.take(fingerprints.groups);
            })
            .reporting(move || {
                let sketches = reports.fingerprints.take_unknown(SKETCHES);
                let report = Report { sketches, ..metrics.report() };
                match &witness {
                    Some(witness) => witnessed(witness, report),
                    None => report,
                }
            });
        let (asked, grants) = mpsc::channel(1);
        tokio::spawn(Arc::clone(&budgets).talk(asked));
        let asked_of = Arc::clone(&budgets);
        client = client.asking(grants, move |is| asked_of.connected(is), move || budgets.close());
        if let Some(batches) = batches {
            client = client.handing_over(batches);
        }
        tokio::spawn(client.run(stop))
    }
}

fn look(found: Look<NamespaceState>, pod: &PodState, shared: &Shared) {
    let now = Instant::now();
    match found {
        Look::Taken(state) => {
            // Older than what holds is no fault of a file that kubelet brings late.
            pod.offer(state, Source::ConfigMap, now);
            shared.metrics.state.confirmed(CONFIG_MAP, now);
        }
        Look::Same => shared.metrics.state.confirmed(CONFIG_MAP, now),
        Look::Refused => shared.metrics.state.refused(CONFIG_MAP, now),
        Look::Moving | Look::Absent => {}
    }
}

/// Calls before rows: a call that ends in between is told of twice rather than not at all.
fn witnessed(witness: &Witness, report: Report) -> Report {
    let open = witness.open_calls(OPEN_CALLS).into_iter().map(open_call).collect();
    Report { open, waiting: witness.waiting(WAITING_BYTES), ..report }
}

fn open_call(call: LostCall) -> OpenCall {
    let LostCall {
        id,
        provider,
        host,
        endpoint,
        feature,
        user_id,
        account,
        model,
        streamed,
        prompt,
        ratio,
        progress,
    } = call;
    OpenCall {
        id: id.to_string(),
        provider: provider.name().to_owned(),
        host,
        endpoint,
        feature,
        user_id,
        account,
        model,
        streamed,
        prompt: prompt.counts(),
        ratio: (!ratio.is_unknown()).then(|| ratio.sums()),
        status: progress.status,
        delivered: progress.delivered.counts(),
    }
}

/// Whether they hold from here on. An older sidecar may not know all that its operator's reader takes: then what it has
/// stays.
fn take_prices(prices: &AdminPrices, shared: &Shared) -> bool {
    let AdminPrices { text } = prices;
    let book = match text {
        Some(text) => PriceBook::with_overrides(text),
        None => Ok(PriceBook::built_in().clone()),
    };
    match book {
        Ok(book) => {
            shared.metrics.state.confirmed(PRICES, Instant::now());
            if book.version() != shared.prices().version() {
                tracing::info!("prices {} hold: the operator's", book.version());
                shared.take_prices(book);
            }
            true
        }
        Err(error) => {
            shared.metrics.state.refused(PRICES, Instant::now());
            tracing::error!(
                "the operator's prices cannot be read by this sidecar: {error}: what it has stays"
            );
            false
        }
    }
}

fn take_access(access: &LedgerAccess, shared: &Shared, ways: &Ways) {
    let LedgerAccess { postgres, postgres_ca, token, expires_at: _, account_key, usage } = access;
    match AccountKey::from_hex(account_key) {
        Ok(key) => {
            shared.fingerprints.rekey(&key);
            shared.account_key.store(Arc::new(key));
        }
        Err(error) => tracing::error!("{error}: accounts are hashed with this pod's own key"),
    }
    let way = postgres
        .as_ref()
        .map(|url| Arc::new(Access { url: url.clone(), ca: postgres_ca.clone(), token: token.clone() }));
    ways.database.send_if_modified(|held| {
        let is_news = *held != way;
        *held = way;
        is_news
    });
    ways.operator.send_if_modified(|held| std::mem::replace(held, *usage) != *usage);
}
