//! The PodTemplate `tollgate-injection`, which a MutatingAdmissionPolicy takes sidecars from (`injection.via: policy`): kept
//! equal to what the webhook would put in, as certificates and flags change.

use std::time::Duration;

use k8s_openapi::api::core::v1::PodTemplate;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::{
    admission::inject::template::{Denied, NAME, template},
    context::{CONTROLLER, Context},
    settings::InjectionVia,
};

/// What comes together is written together.
const GATHER: Duration = Duration::from_millis(500);
/// Somebody may have changed it, or taken it away: pods start without a sidecar for this long at most.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
const AGAIN: Duration = Duration::from_secs(2);

/// Keeps it right, for as long as it is let.
pub(super) async fn lead(context: Context) {
    if context.settings.injection_via == InjectionVia::Webhook {
        return std::future::pending().await;
    }
    let templates: Api<PodTemplate> = Api::namespaced(context.client.clone(), &context.settings.namespace);
    let (mut index, mut ca) = (context.index.revisions(), context.ca.clone());
    let (mut held, mut next_look) = (None::<PodTemplate>, Instant::now());
    let (mut failing, mut told_of) = (false, 0);
    loop {
        if let Some((wanted, left_out)) = wanted(&context)
            && (held.as_ref() != Some(&wanted) || Instant::now() >= next_look)
        {
            if std::mem::replace(&mut told_of, left_out) < left_out {
                tracing::warn!(
                    left_out,
                    "the PodTemplate {NAME} has no room for the features of so many namespaces that onStateUnknown: Deny is for: their pods know them from tollgate-state alone"
                );
            }
            match write(&templates, &wanted).await {
                Ok(()) => {
                    (held, failing) = (Some(wanted), false);
                    next_look = Instant::now() + LOOK_AGAIN;
                }
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "the PodTemplate {NAME} cannot be kept: new pods get no sidecar, or an old one");
                    }
                    held = None;
                    sleep(AGAIN).await;
                }
            }
        }
        sleep(GATHER).await;
        tokio::select! {
            _ = index.changed() => {}
            _ = ca.changed() => {}
            () = tokio::time::sleep_until(next_look) => {}
        }
    }
}

/// Nothing until all that belongs into it is known.
fn wanted(context: &Context) -> Option<(PodTemplate, usize)> {
    let ca = context.ca.borrow().clone()?;
    let denied = context.index.read(|index| {
        let denied =
            index.labelled().map(|namespace| (namespace.name.clone(), index.deny_while_unknown(namespace)));
        index.is_whole().then(|| denied.collect::<Denied>())
    })?;
    Some(template(&context.settings, Some(&ca.0), &denied))
}

async fn write(templates: &Api<PodTemplate>, wanted: &PodTemplate) -> kube::Result<()> {
    let mut body = json!(wanted);
    body["metadata"]["labels"] =
        json!({ "app.kubernetes.io/name": "tollgate", "app.kubernetes.io/managed-by": CONTROLLER });
    templates.patch(NAME, &PatchParams::apply(CONTROLLER).force(), &Patch::Apply(body)).await?;
    Ok(())
}
