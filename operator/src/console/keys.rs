//! The console's Secret: what sessions are sealed with, and which sessions were ended. Whichever replica finds no Secret makes it;
//! all follow it, so that a session that was ended at one is over at all, and stays so over restarts.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use arc_swap::ArcSwapOption;
use futures::StreamExt;
use jiff::Timestamp;
use k8s_openapi::{ByteString, api::core::v1::Secret, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use kube::{
    Api, Client,
    api::PostParams,
    runtime::{WatchStreamExt, watcher},
};
use tokio::time::timeout;

use super::{
    refused::Refused,
    session::{KEY, Seal, secret},
};

/// What the Secret holds.
pub(super) struct Keys {
    secrets: Api<Secret>,
    name: String,
    held: ArcSwapOption<Held>,
    /// Ended by this replica: at once, and should the Secret not take it.
    ended: Mutex<Ended>,
}

struct Held {
    seal: Seal,
    ended: Ended,
}

/// Sessions that were ended, and until when that must be remembered (Unix time in seconds).
type Ended = HashMap<String, i64>;

#[derive(Debug, thiserror::Error)]
enum KeysError {
    #[error("the Secret cannot be read or written: {0}")]
    Kube(#[from] kube::Error),
    #[error("the system gives no random numbers to make a key of")]
    Random,
    #[error("the apiserver did not answer in time")]
    Slow,
    #[error("others write it all the time")]
    Contended,
}

const KEY_ENTRY: &str = "key";
const ENDED_ENTRY: &str = "ended";
const PATIENCE: Duration = Duration::from_secs(5);
const TRIES: usize = 10;

// === impl Keys ===

impl Keys {
    pub(super) fn new(client: Client, namespace: &str, name: &str) -> Self {
        Self {
            secrets: Api::namespaced(client, namespace),
            name: name.to_owned(),
            held: ArcSwapOption::empty(),
            ended: Mutex::default(),
        }
    }

    /// Follows the Secret, and makes it whenever it is missing. Never ends.
    pub(super) async fn follow(&self) {
        let mut seen =
            std::pin::pin!(watcher::watch_object(self.secrets.clone(), &self.name).default_backoff());
        while let Some(secret) = seen.next().await {
            match secret {
                Ok(Some(secret)) => self.take(&secret),
                Ok(None) => {
                    if let Err(error) = timeout(PATIENCE, self.make()).await.unwrap_or(Err(KeysError::Slow)) {
                        tracing::error!(%error, secret = self.name, "the Secret of sessions cannot be made: nobody can sign in");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, secret = self.name, "the Secret of sessions cannot be watched; what was read last holds");
                }
            }
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        self.held.load().is_some()
    }

    /// Does something with what seals.
    pub(super) fn with_seal<T>(&self, does: impl FnOnce(&Seal) -> Result<T, Refused>) -> Result<T, Refused> {
        match self.held.load().as_deref() {
            Some(held) => does(&held.seal),
            None => Err(Refused::NoKey),
        }
    }

    pub(super) fn is_ended(&self, session: &str) -> bool {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).contains_key(session)
            || self.held.load().as_deref().is_some_and(|held| held.ended.contains_key(session))
    }

    /// Ends a session, everywhere. `until`: when its cookie is good for nothing anyway.
    pub(super) async fn end(&self, session: &str, until: i64) {
        let now = Timestamp::now().as_second();
        {
            let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
            ended.retain(|_, until| *until > now);
            ended.insert(session.to_owned(), until);
        }
        let noted = timeout(PATIENCE, self.note(session, until)).await.unwrap_or(Err(KeysError::Slow));
        if let Err(error) = noted {
            tracing::error!(%error, secret = self.name, "that a session was ended could not be written down: other replicas, and this one after a restart, would take its cookie");
        }
    }

    fn take(&self, secret: &Secret) {
        let key = secret.data.as_ref().and_then(|data| data.get(KEY_ENTRY));
        match key.and_then(|key| Seal::new(&key.0)) {
            Some(seal) => self.held.store(Some(Arc::new(Held { seal, ended: ended_of(secret) }))),
            None => tracing::error!(
                secret = self.name,
                "the Secret of sessions holds no key of 32 bytes: delete it, and it is made anew"
            ),
        }
    }

    async fn make(&self) -> Result<(), KeysError> {
        let key: [u8; KEY] = secret().map_err(|_| KeysError::Random)?;
        let metadata = ObjectMeta { name: Some(self.name.clone()), ..ObjectMeta::default() };
        let data = [(KEY_ENTRY.to_owned(), ByteString(key.to_vec()))].into();
        let secret = Secret { metadata, data: Some(data), ..Secret::default() };
        match self.secrets.create(&PostParams::default(), &secret).await {
            Ok(_) => tracing::info!(secret = self.name, "made a key to seal sessions with"),
            // Another replica was faster; the watch tells.
            Err(kube::Error::Api(status)) if status.code == 409 => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn note(&self, session: &str, until: i64) -> Result<(), KeysError> {
        let now = Timestamp::now().as_second();
        for _ in 0..TRIES {
            let mut secret = self.secrets.get(&self.name).await?;
            let mut ended = ended_of(&secret);
            ended.retain(|_, until| *until > now);
            ended.insert(session.to_owned(), until);
            let text = ByteString(serde_json::to_vec(&ended).unwrap_or_default());
            secret.data.get_or_insert_default().insert(ENDED_ENTRY.to_owned(), text);
            match self.secrets.replace(&self.name, &PostParams::default(), &secret).await {
                Ok(_) => return Ok(()),
                // Somebody wrote in between: once more over what is there now.
                Err(kube::Error::Api(status)) if status.code == 409 => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(KeysError::Contended)
    }
}

fn ended_of(secret: &Secret) -> Ended {
    let text = secret.data.as_ref().and_then(|data| data.get(ENDED_ENTRY));
    text.and_then(|text| serde_json::from_slice(&text.0).ok()).unwrap_or_default()
}
