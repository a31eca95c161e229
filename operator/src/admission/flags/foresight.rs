//! What a flag or an alert would have done, told to whoever tries it out (`kubectl apply --dry-run=server`).
//!
//! Only then: a switch that is really thrown waits for no database. Whatever goes wrong here is a sentence, never a
//! refusal.

use jiff::Timestamp;
use kube::core::{
    DynamicObject,
    admission::{AdmissionRequest, Operation},
};
use tokio::time::timeout;
use tollgate_crds::FeatureFlagSpec;

use crate::{
    alerting::minutes::MinutesError,
    context::Context,
    index::{Alert, Flag, Kind},
    preview::{AlertPreview, FlagPreview, OpenNow, PATIENCE, alert_sentences, sentences},
};

pub(super) async fn warnings(context: &Context, request: &AdmissionRequest<DynamicObject>) -> Vec<String> {
    if !request.dry_run || !matches!(request.operation, Operation::Create | Operation::Update) {
        return Vec::new();
    }
    let Some(database) = &context.database else {
        return vec!["what this would have done cannot be said: this installation has no ledger".to_owned()];
    };
    let (pool, now) = (database.pool(), Timestamp::now());
    let told = async {
        if let Some((preview, open)) = flag(context, request) {
            return Ok(sentences(&preview.ask(pool, now).await?, open));
        }
        match alert(context, request) {
            Some(preview) => Ok::<_, MinutesError>(alert_sentences(&preview.ask(pool, now).await?)),
            None => Ok(Vec::new()),
        }
    };
    match timeout(PATIENCE, told).await {
        Ok(Ok(told)) => told,
        Ok(Err(error)) => {
            tracing::warn!(%error, "what a change would have done cannot be said");
            vec![
                "what this would have done cannot be said: the ledger's database failed, or took too long"
                    .to_owned(),
            ]
        }
        Err(_) => {
            vec!["what this would have done cannot be said: the ledger's database took too long".to_owned()]
        }
    }
}

/// What is to be asked of an alert.
fn alert(context: &Context, request: &AdmissionRequest<DynamicObject>) -> Option<AlertPreview> {
    let kind = match request.kind.kind.as_str() {
        "UsageAlert" => Kind::UsageAlert,
        "ClusterUsageAlert" => Kind::ClusterUsageAlert,
        _ => return None,
    };
    let mut object = request.object.clone()?;
    if object.metadata.namespace.is_none() {
        object.metadata.namespace.clone_from(&request.namespace);
    }
    let alert = Alert::read(kind, object);
    let namespaces = context.index.read(|index| index.seen_by(&alert).collect());
    let plan = alert.plan.as_ref().ok()?;
    Some(AlertPreview::new(plan, &context.settings.cluster, Some(namespaces)))
}

/// What is to be asked of a flag, and what is under way now.
fn flag(context: &Context, request: &AdmissionRequest<DynamicObject>) -> Option<(FlagPreview, OpenNow)> {
    let kind = match request.kind.kind.as_str() {
        "FeatureFlag" => Kind::FeatureFlag,
        "ClusterFeatureFlag" => Kind::ClusterFeatureFlag,
        _ => return None,
    };
    let mut object = request.object.clone()?;
    if object.metadata.namespace.is_none() {
        object.metadata.namespace.clone_from(&request.namespace);
    }
    let flag = Flag::read(kind, object);
    let mut spec: FeatureFlagSpec = serde_json::from_value(flag.spec.clone()).ok()?;
    if let Some(overriding) = flag.accepted.as_ref().ok().and_then(|accepted| accepted.overriding.as_ref()) {
        spec.schedule.insert(0, overriding.period());
    }
    let mut namespaces: Vec<String> =
        context.index.read(|index| index.reach(&flag).map(|namespace| namespace.name.clone()).collect());
    if namespaces.is_empty() {
        namespaces.extend(flag.key.namespace.clone()); // its rows of before, should the label have gone
    }
    let feature = flag.feature().to_owned();
    let (calls, streams) = context.reports.open_calls(&feature, &namespaces);
    let preview = FlagPreview {
        feature,
        spec,
        cluster: Some(context.settings.cluster.clone()),
        namespaces: Some(namespaces),
        hashed_users: context.settings.attribution.hashed_users,
    };
    Some((preview, OpenNow { calls, streams }))
}
