//! A pod is about to be made: shall it have a sidecar?

use std::time::Duration;

use axum::{body::Bytes, extract::State};
use k8s_openapi::api::core::v1::{Namespace as KubeNamespace, Pod};
use kube::{
    Api,
    core::admission::{AdmissionResponse, Operation},
};
use tokio::time::timeout;

use super::{
    Admission,
    inject::{Injection, Now, inject},
    metrics::{Answer, Question},
    notices::owner_of,
    review::{self, Reviewed},
};
use crate::index::{INJECT, Namespace};

/// The apiserver waits for us; longer than this it does not wait for itself.
const NAMESPACE_WAIT: Duration = Duration::from_secs(1);

pub(super) async fn mutate(State(admission): State<Admission>, body: Bytes) -> Reviewed {
    let request = match review::read::<Pod>(&body) {
        Ok(request) => request,
        Err(unreadable) => {
            tracing::warn!(%unreadable, "a pod was let through without a sidecar");
            admission.metrics.answered(Question::Pod, Answer::Failed);
            return review::pass(&unreadable);
        }
    };
    let response = AdmissionResponse::from(&request);
    let (Operation::Create, None | Some(""), Some(pod), Some(namespace)) =
        (&request.operation, request.sub_resource.as_deref(), &request.object, &request.namespace)
    else {
        admission.metrics.answered(Question::Pod, Answer::Unchanged);
        return review::with_warnings(response, []);
    };
    let namespace = admission.namespace(namespace).await;
    let injection = admission.decide(pod, &namespace);
    if !request.dry_run {
        admission.tell(pod, &namespace, &injection);
    }
    admission.answer(response, injection)
}

// === impl Admission ===

impl Admission {
    /// The namespace as the watch knows it. It asked us, so the apiserver has seen its label: where the watch has not yet, the
    /// apiserver is asked; and where that does not answer, its having asked is believed.
    async fn namespace(&self, name: &str) -> Namespace {
        let known = self.context.index.read(|index| index.namespace(name).cloned());
        if let Some(known) = known.filter(Namespace::is_labelled) {
            return known;
        }
        let namespaces: Api<KubeNamespace> = Api::all(self.context.client.clone());
        match timeout(NAMESPACE_WAIT, namespaces.get_metadata(name)).await {
            Ok(Ok(namespace)) => Namespace::read(namespace.metadata),
            _ => Namespace {
                name: name.to_owned(),
                uid: String::new(),
                labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
                annotations: Default::default(),
            },
        }
    }

    fn decide(&self, pod: &Pod, namespace: &Namespace) -> Injection {
        let deny = self.context.index.read(|index| index.deny_while_unknown(namespace));
        let deny: Vec<String> = deny.into_iter().collect();
        let ca = self.context.ca.borrow().clone();
        let now = Now { operator_ca: ca.as_ref().map(|ca| &*ca.0), deny_until_known: &deny };
        inject(pod, namespace, &self.context.settings, &now)
    }

    /// Counts, and writes Events. A second look at the same pod says nothing that the first did not.
    fn tell(&self, pod: &Pod, namespace: &Namespace, injection: &Injection) {
        let say = |reason: &str, what: &dyn std::fmt::Display| {
            let name = pod.metadata.name.as_deref().or(pod.metadata.generate_name.as_deref());
            let note = format!("Pod {}: {what}", name.unwrap_or_default());
            self.notices.tell(owner_of(pod, &namespace.name), reason, note);
        };
        match injection {
            Injection::NotAsked => {}
            Injection::NotInjected(why) => {
                self.metrics.not_injected(why);
                say(why.reason(), why);
            }
            Injection::Injected(plan) if plan.again => {}
            Injection::Injected(plan) => {
                for remark in &plan.remarks {
                    self.metrics.remarked(remark);
                    say(remark.reason(), remark);
                }
            }
        }
    }

    fn answer(&self, response: AdmissionResponse, injection: Injection) -> Reviewed {
        let plan = match injection {
            Injection::NotAsked => {
                self.metrics.answered(Question::Pod, Answer::Unchanged);
                return review::with_warnings(response, []);
            }
            Injection::NotInjected(why) => {
                self.metrics.answered(Question::Pod, Answer::Unchanged);
                return review::with_warnings(response, [format!("tollgate: no sidecar: {why}")]);
            }
            Injection::Injected(plan) => plan,
        };
        let warnings = plan.remarks.iter().map(|remark| format!("tollgate: {remark}"));
        if plan.patch.0.is_empty() {
            self.metrics.answered(Question::Pod, Answer::Unchanged);
            return review::with_warnings(response, warnings);
        }
        match review::patched(response.clone(), &plan.patch) {
            Ok(response) => {
                self.metrics.answered(Question::Pod, Answer::Changed);
                review::with_warnings(response, warnings)
            }
            Err(error) => {
                tracing::error!(%error, "a pod was let through without a sidecar: its patch cannot be written");
                self.metrics.answered(Question::Pod, Answer::Failed);
                review::with_warnings(response, [format!("tollgate: no sidecar: {error}")])
            }
        }
    }
}
