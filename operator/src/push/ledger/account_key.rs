//! The key that API keys are hashed with: 32 bytes in hex, in a Secret that the leader makes once. It is the same in the
//! whole installation, so that one account is one account in the ledger, whichever pod used it.

use std::{collections::BTreeMap, io, time::Duration};

use k8s_openapi::{ByteString, api::core::v1::Secret, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use kube::{Api, api::PostParams};
use rustix::rand::{GetRandomFlags, getrandom};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::context::{Context, Tasks};

#[derive(Debug, thiserror::Error)]
enum KeyError {
    #[error("the Secret {SECRET} cannot be read or written: {0}")]
    Kube(#[from] kube::Error),
    #[error("the Secret {SECRET} holds no {ENTRY} of 32 bytes in hex; delete it, and a new one is made")]
    Damaged,
    #[error("the system gives no random numbers to make a key of: {0}")]
    Random(#[from] io::Error),
    #[error("the apiserver did not answer in time")]
    Slow,
}

const SECRET: &str = "tollgate-keys";
const ENTRY: &str = "account_key";
const TRY_AGAIN: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(10);

/// The key, as soon as it is there. It never changes while the process lives.
pub(super) fn spawn(context: &Context, tasks: &mut Tasks) -> watch::Receiver<Option<String>> {
    let (found, key) = watch::channel(None);
    let context = context.clone();
    tasks.spawn(async move {
        let secrets = Api::namespaced(context.client.clone(), &context.settings.namespace);
        let mut failing = false;
        loop {
            let leads = context.leadership.leads();
            match timeout(PATIENCE, find(&secrets, leads)).await.unwrap_or(Err(KeyError::Slow)) {
                Ok(Some(key)) => {
                    found.send_replace(Some(key));
                    break;
                }
                Ok(None) => {}
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "the key that accounts are hashed with is not there yet");
                    }
                }
            }
            sleep(TRY_AGAIN).await;
        }
        found.closed().await;
        "the task that reads the key of accounts"
    });
    key
}

/// What the Secret holds; None: there is none, and another replica has to make it.
async fn find(secrets: &Api<Secret>, make: bool) -> Result<Option<String>, KeyError> {
    if let Some(secret) = secrets.get_opt(SECRET).await? {
        return read(&secret).map(Some);
    }
    if !make {
        return Ok(None);
    }
    let key = generate()?;
    let secret = Secret {
        metadata: ObjectMeta { name: Some(SECRET.to_owned()), ..ObjectMeta::default() },
        data: Some(BTreeMap::from([(ENTRY.to_owned(), ByteString(key.into_bytes()))])),
        ..Secret::default()
    };
    match secrets.create(&PostParams::default(), &secret).await {
        Ok(secret) => read(&secret).map(Some),
        // Somebody was faster: the next look finds it.
        Err(kube::Error::Api(status)) if status.code == 409 => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn read(secret: &Secret) -> Result<String, KeyError> {
    let key = secret.data.as_ref().and_then(|data| String::from_utf8(data.get(ENTRY)?.0.clone()).ok());
    let key = key.map(|key| key.trim().to_owned());
    let fits = |key: &String| key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    key.filter(fits).ok_or(KeyError::Damaged)
}

fn generate() -> io::Result<String> {
    let mut random = [0; 32];
    let mut filled = 0;
    while filled < random.len() {
        filled += getrandom(&mut random[filled..], GetRandomFlags::empty())?;
    }
    Ok(crate::token::hex(&random))
}
