//! Who somebody is and what they may read, by the apiserver's word: TokenReview and SubjectAccessReview. What it said holds for
//! ten seconds, and is asked once for however many requests wait for it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::{StreamExt, TryStreamExt, stream};
use k8s_openapi::api::{
    authentication::v1::{TokenReview, TokenReviewSpec},
    authorization::v1::{ResourceAttributes, SubjectAccessReview, SubjectAccessReviewSpec},
    core::v1::Namespace,
};
use kube::{
    Api, Client, Config,
    api::{ListParams, PostParams},
    config::AuthInfo,
    core::PartialObjectMeta,
};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};
use tollgate_crds::GROUP;

use super::{Namespaces, Viewer, refused::Refused, session::Credential, viewer::UNKNOWN};

/// Asks, and remembers for a moment.
pub(super) struct Identities {
    /// The console's own way to the apiserver; a person's differs in who asks.
    config: Config,
    client: Client,
    cluster: String,
    ledger: Option<PgPool>,
    /// Reviews are writes that the apiserver must serve.
    asks: Semaphore,
    known: Mutex<HashMap<[u8; 32], Arc<Known>>>,
}

/// One credential.
#[derive(Default)]
struct Known {
    /// Held while it is asked, so that others wait for the one answer.
    judged: tokio::sync::Mutex<Option<Judged>>,
}

struct Judged {
    until: Instant,
    verdict: Result<Viewer, Refused>,
}

/// As the apiserver knows them.
struct Person {
    name: String,
    groups: Vec<String>,
    uid: Option<String>,
    extra: Option<BTreeMap<String, Vec<String>>>,
}

/// What is asked for, in all namespaces or in one.
const REPORTS: &str = "usagereports";
const USERS: &str = "users";
/// A right that was taken away is gone by then.
const HOLDS: Duration = Duration::from_secs(10);
/// Where a role could not be had from Postgres, soon again.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(5);
const ROLE_WITHIN: Duration = Duration::from_secs(1);
const AT_ONCE: usize = 16;
/// Credentials that are remembered at once.
const MOST: usize = 2_000;

// === impl Identities ===

impl Identities {
    pub(super) fn new(config: Config, client: Client, cluster: String, ledger: Option<PgPool>) -> Self {
        Self { config, client, cluster, ledger, asks: Semaphore::new(AT_ONCE), known: Mutex::default() }
    }

    /// Who this is, as of ten seconds ago at most.
    pub(super) async fn viewer(&self, credential: &Credential) -> Result<Viewer, Refused> {
        let known = self.known(credential);
        let mut judged = known.judged.lock().await;
        let now = Instant::now();
        if let Some(Judged { until, verdict }) = &*judged
            && now < *until
        {
            return verdict.clone();
        }
        let client = judged.take().and_then(|judged| judged.verdict.ok()).map(|viewer| viewer.client);
        let verdict = timeout(PATIENCE, self.judge(credential, client)).await;
        let verdict = verdict.unwrap_or(Err(Refused::Apiserver));
        let holds = match &verdict {
            Ok(viewer) if !viewer.has_role() => SOON,
            Ok(_) | Err(Refused::Token) => HOLDS,
            Err(_) => Duration::ZERO,
        };
        *judged = Some(Judged { until: now + holds, verdict: verdict.clone() });
        verdict
    }

    fn known(&self, credential: &Credential) -> Arc<Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            // Whoever is asked for at this moment stays; the others are asked about again.
            known.retain(|_, known| Arc::strong_count(known) > 1);
        }
        Arc::clone(known.entry(credential.hash()).or_default())
    }

    async fn judge(&self, credential: &Credential, client: Option<Client>) -> Result<Viewer, Refused> {
        let person = match credential {
            Credential::Token(token) => self.review(token).await?.ok_or(Refused::Token)?,
            Credential::Named { name, groups, .. } => {
                Person::vouched_for(name, groups).ok_or(Refused::Token)?
            }
        };
        let namespaces = self.namespaces(&person).await?;
        let may_see_users = self.may_see_users(&person, &namespaces).await?;
        let role = match &namespaces {
            Namespaces::All => self.role(None).await,
            Namespaces::Only(names) => self.role(Some(names)).await,
        };
        let client = match client {
            Some(client) => client,
            None => self.client_of(credential)?,
        };
        let Person { name, groups, .. } = person;
        Ok(Viewer { name: name.into(), groups: groups.into(), namespaces, may_see_users, role, client })
    }

    async fn review(&self, token: &str) -> Result<Option<Person>, Refused> {
        let spec = TokenReviewSpec { token: Some(token.to_owned()), audiences: None };
        let review = TokenReview { spec, ..TokenReview::default() };
        let _permit = self.asks.acquire().await.map_err(|_| Refused::Apiserver)?;
        let api = Api::<TokenReview>::all(self.client.clone());
        let status = api.create(&PostParams::default(), &review).await.map_err(silent)?.status;
        let status = status.unwrap_or_default();
        let user = status.user.filter(|_| status.authenticated == Some(true));
        Ok(user.and_then(|user| {
            Some(Person {
                name: user.username.filter(|name| !name.is_empty())?,
                groups: user.groups.unwrap_or_default(),
                uid: user.uid,
                extra: user.extra,
            })
        }))
    }

    async fn namespaces(&self, person: &Person) -> Result<Namespaces, Refused> {
        if self.may_read(person, None, None).await? {
            return Ok(Namespaces::All);
        }
        let api = Api::<PartialObjectMeta<Namespace>>::all(self.client.clone());
        let all = api.list_metadata(&ListParams::default()).await.map_err(silent)?;
        let names = all.items.into_iter().filter_map(|namespace| namespace.metadata.name);
        let allowed: BTreeSet<String> = stream::iter(names)
            .map(|name| async move {
                let may = self.may_read(person, None, Some(&name)).await?;
                Ok::<_, Refused>(may.then_some(name))
            })
            .buffer_unordered(AT_ONCE)
            .try_filter_map(|name| async move { Ok(name) })
            .try_collect()
            .await?;
        Ok(Namespaces::Only(Arc::new(allowed)))
    }

    async fn may_see_users(&self, person: &Person, namespaces: &Namespaces) -> Result<bool, Refused> {
        match namespaces {
            Namespaces::All => self.may_read(person, Some(USERS), None).await,
            Namespaces::Only(names) => {
                for name in names.iter() {
                    if !self.may_read(person, Some(USERS), Some(name)).await? {
                        return Ok(false);
                    }
                }
                Ok(!names.is_empty())
            }
        }
    }

    async fn may_read(
        &self,
        person: &Person,
        subresource: Option<&str>,
        namespace: Option<&str>,
    ) -> Result<bool, Refused> {
        let Person { name, groups, uid, extra } = person;
        let attributes = ResourceAttributes {
            group: Some(GROUP.to_owned()),
            resource: Some(REPORTS.to_owned()),
            subresource: subresource.map(str::to_owned),
            namespace: namespace.map(str::to_owned),
            verb: Some("get".to_owned()),
            ..ResourceAttributes::default()
        };
        let spec = SubjectAccessReviewSpec {
            user: Some(name.clone()),
            groups: Some(groups.clone()),
            uid: uid.clone(),
            extra: extra.clone(),
            resource_attributes: Some(attributes),
            ..SubjectAccessReviewSpec::default()
        };
        let review = SubjectAccessReview { spec, ..SubjectAccessReview::default() };
        let _permit = self.asks.acquire().await.map_err(|_| Refused::Apiserver)?;
        let api = Api::<SubjectAccessReview>::all(self.client.clone());
        let answer = api.create(&PostParams::default(), &review).await.map_err(silent)?;
        Ok(answer.status.is_some_and(|status| status.allowed))
    }

    /// The Postgres role that reads these namespaces of our cluster, or all of them, and nothing else: other clusters may have the same
    /// database.
    async fn role(&self, names: Option<&BTreeSet<String>>) -> Arc<str> {
        let Some(ledger) = &self.ledger else { return UNKNOWN.into() };
        let query = match names {
            None => sqlx::query_scalar("select public.tollgate_cluster_role_v1($1)").bind(&self.cluster),
            Some(names) => sqlx::query_scalar("select public.tollgate_viewer_role_v1($1, $2)")
                .bind(&self.cluster)
                .bind(names.iter().map(String::as_str).collect::<Vec<_>>()),
        };
        let asked = query.fetch_one(ledger);
        match timeout(ROLE_WITHIN, asked).await {
            Ok(Ok(role)) => String::into(role),
            Ok(Err(error)) => {
                tracing::warn!(%error, "Postgres gives no role to read somebody's namespaces with: they see no figures");
                UNKNOWN.into()
            }
            Err(_) => UNKNOWN.into(),
        }
    }

    /// The cluster as this person.
    fn client_of(&self, credential: &Credential) -> Result<Client, Refused> {
        let mut config = self.config.clone();
        config.auth_info = match credential {
            Credential::Token(token) => AuthInfo { token: Some(token.clone().into()), ..AuthInfo::default() },
            Credential::Named { name, groups, .. } => AuthInfo {
                impersonate: Some(name.clone()),
                impersonate_groups: Some(groups.clone()),
                ..config.auth_info
            },
        };
        // The error is not told: it may hold what it was made of.
        Client::try_from(config).map_err(|_maybe_secret| {
            tracing::error!("no client can be made for somebody who signed in");
            Refused::Apiserver
        })
    }
}

fn silent(error: kube::Error) -> Refused {
    tracing::warn!(%error, "the apiserver was asked who somebody is and what they may read, and did not say");
    Refused::Apiserver
}

// === impl Person ===

impl Person {
    /// Somebody who is acted for. None: they are called like one of the cluster's own, whatever the session says.
    fn vouched_for(name: &str, groups: &[String]) -> Option<Self> {
        let reserved = |name: &str| name.is_empty() || name.starts_with("system:");
        if reserved(name) || groups.iter().any(|group| reserved(group)) {
            return None;
        }
        // The apiserver puts whoever is impersonated into this group, too.
        let groups = groups.iter().cloned().chain(["system:authenticated".to_owned()]).collect();
        Some(Self { name: name.to_owned(), groups, uid: None, extra: None })
    }
}

// === impl Credential ===

impl Credential {
    fn hash(&self) -> [u8; 32] {
        match self {
            Self::Token(token) => Sha256::digest(token).into(),
            Self::Named { name, groups, .. } => {
                // No token begins with a NUL, and no name holds one.
                let words = ["", name].into_iter().chain(groups.iter().map(String::as_str));
                Sha256::digest(words.collect::<Vec<_>>().join("\0")).into()
            }
        }
    }
}
