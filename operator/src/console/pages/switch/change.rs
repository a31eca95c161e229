//! The change, as the person, and until sidecars hold it.

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

use axum::{
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kube::{
    Api, Client, Resource,
    api::{ObjectMeta, Patch, PatchParams, PostParams},
};
use maud::html;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tollgate_crds::{ClusterFeatureFlag, FeatureFlag, flag::REASON};

use super::{LONGEST_REASON, MANAGER, says_neither, turns_on, word};
use crate::{
    console::pages::{
        address::{Words, with},
        cluster::FlagSeen,
        context::Context,
        holds::deciding,
        paths,
        refusal::{refused, told},
    },
    switching,
};

/// What somebody wants, and what they saw of the flag.
struct Asked<'a> {
    on: bool,
    reason: &'a str,
    seen: &'a str,
    until: Option<&'a str>,
}

/// What a change left behind.
struct Changed {
    version: String,
    uid: String,
    is_new: bool,
}

/// So long an answer waits for sidecars to say that they hold the change.
const WAIT: Duration = Duration::from_millis(1_500);
const LOOK: Duration = Duration::from_millis(15);

pub(in crate::console::pages) async fn act(context: Context, body: Bytes) -> Response {
    let words = Words::of(&String::from_utf8_lossy(&body));
    let (namespace, feature) = paths::of_feature(&context.path);
    let Some(on) = turns_on(&words) else { return says_neither(&context) };
    let reason = words.get("reason");
    if reason.is_empty() || reason.len() > LONGEST_REASON {
        return told(
            &context,
            StatusCode::BAD_REQUEST,
            &html! { p { "Say why, in at most " (LONGEST_REASON) " bytes: it stands in the audit." } },
        );
    }
    let until = (words.get("way") == "override").then(|| words.get("until"));
    let ends = until.map(str::parse::<tollgate_crds::flag::Moment>);
    let what = match &ends {
        Some(Err(_)) => Some("no time"),
        Some(Ok(ends)) if ends.at() <= context.now => Some("over"),
        Some(Ok(_)) | None => None,
    };
    if let (Some(what), Some(until)) = (what, until) {
        return told(
            &context,
            StatusCode::BAD_REQUEST,
            &html! { p { code { (until) } " is " (what) ": write a time to come such as 2027-01-31T12:00:00Z or 2027-01-31T12:00[Europe/Berlin]." } },
        );
    }
    let flags = context.world.cluster.flags(&context.viewer);
    let flag = deciding(&flags, &namespace, &feature);
    let began = Instant::now();
    let asked = Asked { on, reason, seen: words.get("seen"), until };
    let changed = write(&context, flag, &namespace, &feature, &asked).await;
    match changed {
        Ok(changed) => {
            let took = distributed(&context, &changed, began).await;
            back(&namespace, &feature, on, &changed, took, context.now)
        }
        Err(error) => refused(&context, &namespace, &feature, &error).await,
    }
}

async fn write(
    context: &Context,
    flag: Option<&FlagSeen>,
    namespace: &str,
    feature: &str,
    asked: &Asked<'_>,
) -> Result<Changed, kube::Error> {
    let client = context.viewer.client.clone();
    let Asked { on, reason, seen, until } = *asked;
    match flag {
        None => {
            let flag = new_flag(namespace, feature, on, Some(reason));
            let flag: FeatureFlag = serde_json::from_value(flag).map_err(kube::Error::SerdeError)?;
            let by = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
            let made = Api::<FeatureFlag>::namespaced(client, namespace).create(&by, &flag).await?;
            Ok(Changed::of(&made.metadata, true))
        }
        Some(flag) => {
            let patch = |version: &str| switching::patch(on, reason, version, until);
            Ok(Changed::of(&merge(client, flag, seen, patch).await?, false))
        }
    }
}

/// Merges into the flag what `patch` makes of its version, as the console's, while it is what was seen.
pub(in crate::console::pages) async fn merge(
    client: Client,
    flag: &FlagSeen,
    seen: &str,
    patch: impl Fn(&str) -> Value,
) -> Result<ObjectMeta, kube::Error> {
    if flag.namespace.is_empty() {
        return merge_into(&Api::<ClusterFeatureFlag>::all(client), &flag.name, seen, patch).await;
    }
    merge_into(&Api::<FeatureFlag>::namespaced(client, &flag.namespace), &flag.name, seen, patch).await
}

async fn merge_into<K>(
    api: &Api<K>,
    name: &str,
    seen: &str,
    patch: impl Fn(&str) -> Value,
) -> Result<ObjectMeta, kube::Error>
where
    K: Resource + Clone + DeserializeOwned + Debug,
{
    let by = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
    let write = |version: String| {
        let (by, patch) = (&by, Patch::Merge(patch(&version)));
        async move { api.patch(name, by, &patch).await }
    };
    Ok(switching::while_it_is(api, name, seen, write).await?.meta().clone())
}

pub(super) fn new_flag(namespace: &str, feature: &str, on: bool, reason: Option<&str>) -> Value {
    let mut flag = json!({
        "apiVersion": tollgate_crds::API_VERSION, "kind": "FeatureFlag",
        "metadata": {"name": feature, "namespace": namespace}, "spec": {"enabled": on},
    });
    if let Some(reason) = reason {
        flag["metadata"]["annotations"] = json!({REASON: reason});
    }
    flag
}

/// Until the sidecars hold it, as the operator's status says; none: that takes longer, and the page goes on telling.
async fn distributed(context: &Context, changed: &Changed, began: Instant) -> Option<Duration> {
    while began.elapsed() < WAIT {
        let flags = context.world.cluster.flags(&context.viewer);
        let seen = flags.iter().find(|flag| flag.uid == changed.uid);
        let holds = seen.is_some_and(|flag| {
            // the status is a change of its own: a flag that was only written has the version that the writer was told
            flag.resource_version != changed.version
                && flag.status.sidecars.is_some_and(|count| count.current >= count.total)
                && flag
                    .status
                    .conditions
                    .iter()
                    .any(|condition| condition.type_ == "Distributed" && condition.status == "True")
        });
        if holds {
            return Some(began.elapsed());
        }
        tokio::time::sleep(LOOK).await;
    }
    None
}

fn back(
    namespace: &str,
    feature: &str,
    on: bool,
    changed: &Changed,
    took: Option<Duration>,
    now: Timestamp,
) -> Response {
    let mut pairs = vec![
        ("done", word(on).to_owned()),
        ("at", now.as_second().to_string()),
        ("uid", changed.uid.clone()),
        ("version", changed.version.clone()),
    ];
    if changed.is_new {
        pairs.push(("new", "1".to_owned()));
    }
    if let Some(took) = took {
        pairs.push(("took", took.as_millis().to_string()));
    }
    let to = with(&paths::feature(namespace, feature), &pairs);
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

// === impl Changed ===

impl Changed {
    fn of(metadata: &ObjectMeta, is_new: bool) -> Self {
        Self {
            version: metadata.resource_version.clone().unwrap_or_default(),
            uid: metadata.uid.clone().unwrap_or_default(),
            is_new,
        }
    }
}
