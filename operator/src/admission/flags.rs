//! A flag is being written or deleted: by whom, and is it right?
//!
//! The apiserver judges most by the schema and its CEL rules, and says what is wrong with unknown fields (an error where the client
//! asks for strict validation, as kubectl does; else a warning; the field itself never reaches us). What is left for us is
//! what a schema cannot say, with the same words as a sidecar's own flags file; and who it was: the apiserver tells only us.
//!
//! The author stands in the annotation `tollgate.dev/changed-by`, as JSON with `user` and `groups`. What somebody writes there himself is
//! overwritten, or set back to what it was.

mod author;
mod foresight;
mod judge;

pub use author::{Author, CHANGED_BY};

use std::time::Duration;

use axum::{body::Bytes, extract::State};
use kube::core::{
    DynamicObject,
    admission::{AdmissionRequest, AdmissionResponse, Operation},
};

use tokio::time::timeout;

use super::{
    Admission,
    metrics::{Answer, Question},
    review::{self, Reviewed, Unreadable},
};
use crate::database::deletions;

/// A flag's deletion waits so long for its author to be noted.
const NOTE_WAIT: Duration = Duration::from_millis(700);

/// `POST /mutate/flags`: writes down who it was.
pub(super) async fn mutate(State(admission): State<Admission>, body: Bytes) -> Reviewed {
    let request = match admission.read(Question::FlagWritten, &body) {
        Ok(request) => request,
        Err(unreadable) => return review::pass(&unreadable),
    };
    let response = AdmissionResponse::from(&request);
    let patch = author::patch(&request);
    if patch.0.is_empty() {
        admission.metrics.answered(Question::FlagWritten, Answer::Unchanged);
        return review::with_warnings(response, []);
    }
    match review::patched(response.clone(), &patch) {
        Ok(response) => {
            admission.metrics.answered(Question::FlagWritten, Answer::Changed);
            review::with_warnings(response, [])
        }
        Err(error) => {
            tracing::error!(%error, "who changed a flag cannot be written down");
            admission.metrics.answered(Question::FlagWritten, Answer::Failed);
            review::with_warnings(response, [])
        }
    }
}

/// `POST /validate/flags`: says what is wrong with it, or, to whoever only tries it out, what it would have done.
pub(super) async fn validate(State(admission): State<Admission>, body: Bytes) -> Reviewed {
    let request = match admission.read(Question::FlagJudged, &body) {
        Ok(request) => request,
        Err(unreadable) => return review::pass(&unreadable),
    };
    let response = AdmissionResponse::from(&request);
    if request.operation == Operation::Delete {
        if !request.dry_run {
            admission.note_deletion(&request).await;
        }
        admission.metrics.answered(Question::FlagJudged, Answer::Unchanged);
        return review::with_warnings(response, []);
    }
    match judge::problem(&request, admission.context.settings.retention) {
        Some(problem) => {
            admission.metrics.answered(Question::FlagJudged, Answer::Refused);
            review::with_warnings(response.deny(problem), [])
        }
        None => {
            admission.metrics.answered(Question::FlagJudged, Answer::Unchanged);
            review::with_warnings(response, foresight::warnings(&admission.context, &request).await)
        }
    }
}

// === impl Admission ===

impl Admission {
    /// For the audit, which learns of the end by the watch, and not who asked for it. What cannot be noted in time is not: a
    /// flag's end does not wait for the database.
    async fn note_deletion(&self, request: &AdmissionRequest<DynamicObject>) {
        let Some(database) = &self.context.database else { return };
        let Some(uid) = request.old_object.as_ref().and_then(|flag| flag.metadata.uid.as_deref()) else {
            return;
        };
        let Author { user, groups } = Author::of(&request.user_info);
        let cluster = &self.context.settings.cluster;
        let note = deletions::note(database.pool(), cluster, uid, &user, &groups);
        let error = match timeout(NOTE_WAIT, note).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the database did not answer in time".to_owned(),
        };
        tracing::warn!(error, flag = request.name, "the audit will not know who deleted a flag");
    }

    fn read(&self, question: Question, body: &Bytes) -> Result<AdmissionRequest<DynamicObject>, Unreadable> {
        review::read(body).inspect_err(|unreadable| {
            tracing::warn!(%unreadable, "a flag was let through as it is");
            self.metrics.answered(question, Answer::Failed);
        })
    }
}
