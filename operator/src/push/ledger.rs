//! Where a pod's rows go, and with which right: told to each sidecar at the head of its stream.
//!
//! It takes three things: the address that the settings give, the key that tokens are signed with (in Postgres, see
//! [`crate::token_key`]) and the key that API keys are hashed with (in a Secret, the same in the whole installation). While the
//! database gives no key for tokens, sidecars are told that rows are kept here, if they are; otherwise nothing is told, and
//! rows wait on their spools.

mod account_key;
mod signing_key;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, time::timeout};
use tollgate_crds::stream::{LedgerAccess, Message};
use tollgate_ledger::Access;

use super::auth::PodIdentity;
use crate::{
    context::{Context, Tasks},
    index::line,
    settings::LedgerVia,
    token::{Claims, SigningKey},
};

/// Where rows go, as it is known.
#[derive(Clone)]
pub struct Ledger {
    pub(super) source: watch::Receiver<Option<Arc<LedgerSource>>>,
}

/// All that is told, but for the pod.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct LedgerSource {
    cluster: String,
    url: String,
    via: LedgerVia,
    /// Whether rows are kept here.
    usage: bool,
    ca: Option<String>,
    /// None: the database has not given it since this replica's start.
    signing_key: Option<SigningKey>,
    account_key: String,
}

/// How long a token holds. Streams end sooner, and each begins with a new one.
const TOKEN: SignedDuration = SignedDuration::from_hours(24);
/// The operator's own token is renewed this often.
const RENEW: Duration = Duration::from_secs(3600);

// === impl Ledger ===

impl Ledger {
    /// Follows what is needed. Without a database there is never anything to tell.
    pub fn spawn(context: &Context, tasks: &mut Tasks) -> Self {
        Self { source: follow(context, tasks) }
    }

    /// The key that accounts are hashed with, once it is told.
    pub fn account_key(&self) -> Option<String> {
        self.source.borrow().as_ref().map(|source| source.account_key.clone())
    }

    /// The operator's own way there, its right renewed in time.
    pub fn own_way(&self, tasks: &mut Tasks) -> watch::Receiver<Option<Arc<Access>>> {
        own_way(self.source.clone(), tasks)
    }
}

fn follow(context: &Context, tasks: &mut Tasks) -> watch::Receiver<Option<Arc<LedgerSource>>> {
    let (told, source) = watch::channel(None);
    let settings = &context.settings.database;
    let (Some(database), Some(url)) = (context.database.clone(), settings.sidecar_url.clone()) else {
        if settings.url.is_some() {
            tracing::error!(
                "--sidecar-database-url is missing: sidecars are not told of the ledger, and rows wait with them"
            );
        }
        // Kept open: a stream waits for it and must not think that the operator ends.
        tasks.spawn(async move {
            told.closed().await;
            std::future::pending::<&'static str>().await
        });
        return source;
    };
    let (ca, cluster) = (settings.ca.clone(), context.settings.cluster.clone());
    let (via, usage) = (context.settings.ledger_via, context.settings.usage.is_some());
    let mut account_key = account_key::spawn(context, tasks);
    let mut signing_key = signing_key::spawn(database, tasks);
    tasks.spawn(async move {
        loop {
            let keys = (signing_key.borrow_and_update().clone(), account_key.borrow_and_update().clone());
            if let (signing_key, Some(account_key)) = keys
                && (signing_key.is_some() || usage)
            {
                let next = LedgerSource {
                    cluster: cluster.clone(),
                    url: url.clone(),
                    via,
                    usage,
                    ca: ca.clone(),
                    signing_key,
                    account_key,
                };
                told.send_if_modified(|source| {
                    let changed = source.as_deref() != Some(&next);
                    *source = Some(Arc::new(next));
                    changed
                });
            }
            let changed = tokio::select! {
                changed = signing_key.changed() => changed,
                changed = account_key.changed() => changed,
            };
            if changed.is_err() {
                return "the task that knows the ledger";
            }
        }
    });
    source
}

fn own_way(
    mut source: watch::Receiver<Option<Arc<LedgerSource>>>,
    tasks: &mut Tasks,
) -> watch::Receiver<Option<Arc<Access>>> {
    let (told, way) = watch::channel(None);
    tasks.spawn(async move {
        loop {
            let access = source.borrow_and_update().as_ref().and_then(|source| source.own(Timestamp::now()));
            told.send_replace(access.map(Arc::new));
            if let Ok(Err(_gone)) = timeout(RENEW, source.changed()).await {
                return "the task that keeps the operator's own way into the ledger";
            }
        }
    });
    way
}

// === impl LedgerSource ===

impl LedgerSource {
    /// The operator's own way into the ledger, for the rows that it keeps: as whichever pod they are stamped with.
    fn own(&self, now: Timestamp) -> Option<Access> {
        let expires = now.saturating_add(TOKEN).unwrap_or(Timestamp::MAX);
        let claims = Claims { cluster: Some(self.cluster.clone()), namespace: None, pod: None, expires };
        let token = self.signing_key.as_ref()?.sign(&claims);
        Some(Access { url: self.url.clone(), ca: self.ca.clone(), token })
    }

    /// What this pod is told, as a line of its stream.
    pub(super) fn line_for(&self, pod: &PodIdentity, now: Timestamp) -> Bytes {
        let expires = now.saturating_add(TOKEN).unwrap_or(Timestamp::MAX);
        let claims = Claims {
            cluster: Some(self.cluster.clone()),
            namespace: Some(pod.namespace.clone()),
            pod: Some(pod.name.clone()),
            expires,
        };
        let token = self.signing_key.as_ref().map(|key| key.sign(&claims));
        line(&Message::Ledger(LedgerAccess {
            postgres: (self.via == LedgerVia::Postgres && token.is_some()).then(|| self.url.clone()),
            postgres_ca: self.ca.clone(),
            token: token.unwrap_or_default(),
            expires_at: expires.as_second(),
            account_key: self.account_key.clone(),
            usage: self.usage,
        }))
    }
}
