//! The apiserver's own word about a token, asked for a few at a time.

use std::{collections::BTreeMap, time::Duration};

use jsonwebtoken::dangerous::insecure_decode_claims;
use k8s_openapi::api::authentication::v1::{TokenReview, TokenReviewSpec, UserInfo};
use kube::{Api, Client, api::PostParams};
use prometheus_client::metrics::counter::Counter;
use tokio::{sync::Semaphore, time::timeout};
use tollgate_crds::stream::AUDIENCE;

use super::{
    AuthError, Claims,
    claims::{Audiences, Kubernetes, Named},
};

/// Asks the apiserver.
pub(super) struct Reviews {
    api: Api<TokenReview>,
    permits: Semaphore,
    asked: Counter,
}

/// A TokenReview is a write that the apiserver must serve: this many at once, whoever knocks.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(3);
const POD_NAME: &str = "authentication.kubernetes.io/pod-name";
const POD_UID: &str = "authentication.kubernetes.io/pod-uid";
const SERVICE_ACCOUNT: &str = "system:serviceaccount:";

// === impl Reviews ===

impl Reviews {
    pub(super) fn new(client: Client, asked: Counter) -> Self {
        Self { api: Api::all(client), permits: Semaphore::new(AT_ONCE), asked }
    }

    /// What the apiserver vouches for; None if it does not know the token.
    pub(super) async fn ask(&self, token: &str) -> Result<Option<Claims>, AuthError> {
        let review = timeout(PATIENCE, async {
            let _permit = self.permits.acquire().await.map_err(|_| AuthError::Busy)?;
            self.asked.inc();
            let spec =
                TokenReviewSpec { audiences: Some(vec![AUDIENCE.to_owned()]), token: Some(token.to_owned()) };
            let review = TokenReview { spec, ..TokenReview::default() };
            self.api.create(&PostParams::default(), &review).await.map_err(|error| {
                tracing::warn!(%error, "the apiserver was asked about a token and did not answer");
                AuthError::Busy
            })
        });
        let status = review.await.map_err(|_| AuthError::Busy)??.status.unwrap_or_default();
        let ours = status.audiences.unwrap_or_default().iter().any(|audience| audience == AUDIENCE);
        if status.authenticated != Some(true) || !ours {
            return Ok(None);
        }
        Ok(status.user.map(|user| claims(token, user)))
    }
}

/// Of the apiserver's word, what else the token would have said. When it expires only the token itself tells: that it
/// holds now is vouched for.
fn claims(token: &str, user: UserInfo) -> Claims {
    let subject = user.username.unwrap_or_default();
    let namespace = subject
        .strip_prefix(SERVICE_ACCOUNT)
        .and_then(|account| account.split_once(':'))
        .map(|(namespace, _)| namespace.to_owned());
    let extra = user.extra.unwrap_or_default();
    let pod = one(&extra, POD_NAME).zip(one(&extra, POD_UID)).map(|(name, uid)| Named { name, uid });
    Claims {
        audiences: Audiences::One(AUDIENCE.to_owned()),
        expires: insecure_decode_claims::<Claims>(token).map_or(0, |claims| claims.expires),
        not_before: None,
        kubernetes: Kubernetes { namespace: namespace.unwrap_or_default(), pod },
        subject,
    }
}

fn one(extra: &BTreeMap<String, Vec<String>>, name: &str) -> Option<String> {
    extra.get(name)?.first().cloned()
}
