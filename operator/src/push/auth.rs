//! Who somebody is, by a ServiceAccount token of our audience.
//!
//! A token is judged here: its signature by the cluster's own keys (`/openid/v1/jwks`), its audience, its time, and its pod's uid by
//! the watch of the pods, which also takes the right away when the pod goes. Where that is not possible, because the
//! keys cannot be had or the watch does not know the pod, the apiserver is asked by a TokenReview, a few at a time:
//! nobody can make us flood it.

mod claims;
mod keys;
mod review;

use std::{sync::Arc, time::Duration};

use http::StatusCode;
use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};

pub(super) use self::claims::Claims;
use self::{keys::Keys, review::Reviews};
use super::metrics::{PushMetrics, Reason};
use crate::{
    context::Context,
    index::{Namespace, SharedIndex},
};

/// Judges tokens.
pub(super) struct Authenticator {
    index: SharedIndex,
    keys: Keys,
    reviews: Reviews,
    /// As whom the other replicas come: `system:serviceaccount:NAMESPACE:NAME`.
    operator: String,
}

/// A pod that has shown its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PodIdentity {
    pub(super) uid: String,
    pub(super) namespace: String,
    pub(super) name: String,
    /// When its token expires: Unix time in seconds.
    pub(super) expires: i64,
}

/// Why somebody is turned away; the text is the answer's.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum AuthError {
    #[error(
        "a token is needed: `authorization: Bearer TOKEN`, a ServiceAccount token of the audience \"tollgate\""
    )]
    Missing,
    #[error("the token is not of this cluster, or was changed: {0}")]
    Invalid(String),
    #[error(
        "the token is for another audience; a pod's projected token of the audience \"tollgate\" is needed"
    )]
    Audience,
    #[error("the token has expired; read the token's file again")]
    Expired,
    #[error("the token is not valid yet; are the nodes' clocks right?")]
    Early,
    #[error("the token is not bound to a pod; a pod's projected token is needed")]
    NotAPod,
    #[error("there is no such pod (any more) as the token names")]
    UnknownPod,
    #[error("only the operator's own ServiceAccount may say this")]
    NotTheOperator,
    #[error(
        "the pod's namespace \"{0}\" is not Tollgate's: label it with `kubectl label namespace {0} tollgate.dev/inject=enabled`"
    )]
    NotLabelled(String),
    #[error("the token cannot be judged at the moment; try again")]
    Busy,
}

/// A fresh pod is faster than the watch that tells of it.
const PATIENCE: Duration = Duration::from_secs(2);

// === impl Authenticator ===

impl Authenticator {
    pub(super) fn new(context: &Context, metrics: &Arc<PushMetrics>) -> Self {
        let settings = &context.settings;
        let operator = format!("system:serviceaccount:{}:{}", settings.namespace, settings.names.service);
        Self {
            index: context.index.clone(),
            keys: Keys::new(context.client.clone()),
            reviews: Reviews::new(context.client.clone(), metrics.token_reviews.clone()),
            operator,
        }
    }

    /// Never ends.
    pub(super) async fn keep_keys_fresh(&self) {
        self.keys.keep_fresh().await;
    }

    /// The pod that this token is of, if it is one of ours to serve.
    pub(super) async fn pod(&self, token: &str) -> Result<PodIdentity, AuthError> {
        let (claims, reviewed) = self.claims(token).await?;
        let pod = claims.pod()?;
        if !reviewed && !self.comes_to_know(&pod.uid).await {
            // The watch may lag, or the pod may be gone: the apiserver knows.
            match self.reviews.ask(token).await? {
                Some(reviewed) if reviewed.pod()? == pod => {}
                _ => return Err(AuthError::UnknownPod),
            }
        }
        let labelled =
            self.index.read(|index| index.namespace(&pod.namespace).is_some_and(Namespace::is_labelled));
        if labelled { Ok(pod) } else { Err(AuthError::NotLabelled(pod.namespace)) }
    }

    /// Whether it is another replica of ours. Gives the name of its pod.
    pub(super) async fn operator(&self, token: &str) -> Result<String, AuthError> {
        let (claims, _) = self.claims(token).await?;
        if claims.subject != self.operator {
            return Err(AuthError::NotTheOperator);
        }
        Ok(claims.pod()?.name)
    }

    /// Whether a pod that was let in still is.
    pub(super) fn is_known(&self, uid: &str) -> bool {
        self.index.read(|index| index.pod(uid).is_some())
    }

    /// What the token says, and whether it was the apiserver that vouched for it.
    async fn claims(&self, token: &str) -> Result<(Claims, bool), AuthError> {
        match self.keys.verify(token).await {
            Some(claims) => {
                let claims = claims?;
                claims.check_time(Timestamp::now())?;
                Ok((claims, false))
            }
            None => match self.reviews.ask(token).await? {
                Some(claims) => {
                    claims.check_time(Timestamp::now())?;
                    Ok((claims, true))
                }
                None => Err(AuthError::Invalid("the apiserver does not know it".to_owned())),
            },
        }
    }

    async fn comes_to_know(&self, uid: &str) -> bool {
        let until = Instant::now() + PATIENCE;
        let mut revisions = self.index.revisions();
        loop {
            revisions.mark_unchanged();
            if self.is_known(uid) {
                return true;
            }
            if !matches!(timeout_at(until, revisions.changed()).await, Ok(Ok(()))) {
                return false;
            }
        }
    }
}

// === impl AuthError ===

impl AuthError {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Missing | Self::Invalid(_) | Self::Audience | Self::Expired | Self::Early => {
                StatusCode::UNAUTHORIZED
            }
            Self::NotAPod | Self::UnknownPod | Self::NotTheOperator | Self::NotLabelled(_) => {
                StatusCode::FORBIDDEN
            }
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::Missing
            | Self::Invalid(_)
            | Self::Audience
            | Self::Early
            | Self::NotAPod
            | Self::NotTheOperator => Reason::Token,
            Self::Expired => Reason::Expired,
            Self::UnknownPod => Reason::UnknownPod,
            Self::NotLabelled(_) => Reason::Namespace,
            Self::Busy => Reason::Busy,
        }
    }
}
