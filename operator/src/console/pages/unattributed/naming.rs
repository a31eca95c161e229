//! Giving a group its feature's name: a flag that matches its fingerprint, made or added to as the person who names it.

use axum::{
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kube::{Api, ResourceExt, api::PostParams};
use maud::{Markup, html};
use serde_json::{Value, json};
use tollgate_crds::{FeatureFlag, flag::REASON, validate::is_feature_name};

use super::{USUAL, unnamed};
use crate::{
    console::{
        pages::{
            address::Words,
            cluster::FlagSeen,
            context::Context,
            frame,
            holds::yaml,
            paths,
            refusal::{refused, told},
            shown,
            switch::{MANAGER, merge},
        },
        rights::{self, Wish},
    },
    fingerprints::list::Unnamed,
    query::Dimension,
};

/// Which group somebody names.
struct Group {
    namespace: String,
    id: String,
}

/// The flag that names this group already.
pub(super) fn namer<'a>(flags: &'a [FlagSeen], group: &Unnamed) -> Option<&'a FlagSeen> {
    let id = group.fingerprint.as_deref()?;
    let names = |flag: &&FlagSeen| {
        (flag.namespace.is_empty() || flag.namespace == group.namespace)
            && entries(flag).iter().any(|entry| holds(entry, id))
    };
    flags.iter().find(names)
}

/// Where a group is named.
pub(super) fn address(context: &Context, namespace: &str, id: &str) -> String {
    let view = context.view.time().during(context.range(USUAL)).of(Dimension::Namespace, namespace);
    format!("{}&group={id}", view.address("/unattributed/name"))
}

/// What its calls are, and how it is to be called.
pub(in crate::console::pages) async fn ask(context: Context) -> Response {
    let Some(group) = Group::of(&context) else { return no_group(&context) };
    let found = unnamed(&context).await;
    let seen = match &found {
        Ok(groups) => match groups.iter().find(|seen| group.is(seen)) {
            Some(seen) => calls(seen),
            None => html! { p { "No call of this group was made in this time." } },
        },
        Err(missing) => frame::failed(missing),
    };
    let missing_right = right(&context, &group.namespace).await;
    let flags = context.world.cluster.flags(&context.viewer);
    let body = html! {
        form.switch method="post" action=(address(&context, &group.namespace, &group.id)) {
            (seen)
            label { "The feature's name"
                input type="text" name="feature" required maxlength="253" autocomplete="off" autofocus list="features"
                    pattern="[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?" title="small letters, digits, dots and dashes";
                datalist id="features" {
                    @for flag in flags.iter().filter(|flag| flag.namespace == group.namespace) { option value=(flag.feature) {} }
                }
            }
            p.small {
                "Calls of this group in " (group.namespace) " count as that feature's from then on, and its flag holds for them. "
                "A feature that has a flag gets the group added to it. What was called before keeps its row as it is."
            }
            details { summary { "The same by hand" } pre.code tabindex="0" { code { (yaml(&new_flag(&group, "NAME"))) } } }
            @if let Some(role) = &missing_right {
                div.notice.warn role="status" {
                    "You may not name it. A cluster admin allows it by:"
                    pre.code tabindex="0" { code { (role) } }
                }
            }
            div.actions {
                button.main type="submit" disabled[missing_right.is_some()] { "Name it" }
                a.button href="/unattributed" data-close { "Leave it as it is" }
            }
        }
    };
    frame::still(&context, "Name these calls", &body)
}

fn calls(group: &Unnamed) -> Markup {
    html! {
        div.preview {
            ul {
                li {
                    (shown::count(group.calls.unsigned_abs())) " calls, " (group.share) " % of what names no feature"
                    @if let Ok(cost) = group.cost.parse() { ", " (shown::money(cost)) }
                    @if group.unpriced_calls > 0 { " + " (shown::count(group.unpriced_calls.unsigned_abs())) " unpriced" }
                }
            }
            p.small { "Workloads: " (group.workloads.join(", ")) }
            p.small { "Models: " (group.models.join(", ")) }
        }
    }
}

/// The Role that is missing for it; none: nothing is, or the apiserver cannot be asked, and will say so itself.
async fn right(context: &Context, namespace: &str) -> Option<String> {
    let wish = |verb| Wish { verb, resource: "featureflags", namespace: Some(namespace), name: None };
    let create = rights::may(&context.viewer, wish("create")).await.ok()?;
    if create.allowed || rights::may(&context.viewer, wish("patch")).await.ok()?.allowed {
        return None;
    }
    Some(create.role_yaml)
}

pub(in crate::console::pages) async fn name(context: Context, body: Bytes) -> Response {
    let Some(group) = Group::of(&context) else { return no_group(&context) };
    let words = Words::of(&String::from_utf8_lossy(&body));
    let feature = words.get("feature");
    if !is_feature_name(feature) {
        let what = html! { p { code { (feature) } " is no feature's name: write small letters, digits, dots and dashes, such as " code { "answer-drafts" } "." } };
        return told(&context, StatusCode::BAD_REQUEST, &what);
    }
    let flags = context.world.cluster.flags(&context.viewer);
    let own = flags.iter().find(|flag| flag.namespace == group.namespace && flag.feature == feature);
    let written = match own {
        Some(flag) if flag.managed.is_some() => return for_git(&context, flag, &group),
        Some(flag) => add(&context, flag, &group).await,
        None => make(&context, &group, feature).await,
    };
    match written {
        Ok(()) => (StatusCode::SEE_OTHER, [(header::LOCATION, paths::feature(&group.namespace, feature))])
            .into_response(),
        Err(kube::Error::Api(status)) if status.reason == "AlreadyExists" => {
            let what = html! { p { "There is a FeatureFlag " code { (feature) } " in " (group.namespace) " that is for another feature. Choose another name, or that feature's own." } };
            told(&context, StatusCode::CONFLICT, &what)
        }
        Err(error) => refused(&context, &group.namespace, feature, &error).await,
    }
}

async fn make(context: &Context, group: &Group, feature: &str) -> Result<(), kube::Error> {
    let flag: FeatureFlag =
        serde_json::from_value(new_flag(group, feature)).map_err(kube::Error::SerdeError)?;
    let by = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
    let api = Api::<FeatureFlag>::namespaced(context.viewer.client.clone(), &group.namespace);
    let made = api.create(&by, &flag).await?;
    tracing::info!(
        flag = made.name_any(),
        namespace = group.namespace,
        group = group.id,
        "a group was named"
    );
    Ok(())
}

async fn add(context: &Context, flag: &FlagSeen, group: &Group) -> Result<(), kube::Error> {
    let matches = with(entries(flag), &group.id);
    let patch = |version: &str| {
        json!({
            "metadata": {"resourceVersion": version, "annotations": {REASON: group.reason()}},
            "spec": {"match": matches},
        })
    };
    merge(context.viewer.client.clone(), flag, &flag.seen, patch).await.map(drop)
}

/// What is to be written where the flag is kept.
fn for_git(context: &Context, flag: &FlagSeen, group: &Group) -> Response {
    let mut manifest = flag.manifest.clone();
    manifest["spec"]["match"] = json!(with(entries(flag), &group.id));
    let by = flag.managed.as_ref().map_or("git", |managed| managed.by);
    let what = html! {
        p { "The flag " code { (flag.name) } " is managed by " (by) ", which would undo a change. Nothing was changed; this is what names the group, for git:" }
        pre.code tabindex="0" { code { (yaml(&manifest)) } }
    };
    told(context, StatusCode::CONFLICT, &what)
}

fn no_group(context: &Context) -> Response {
    let what = html! { p { "This address names no group: take the one that Unattributed has beside it." } };
    told(context, StatusCode::BAD_REQUEST, &what)
}

fn new_flag(group: &Group, feature: &str) -> Value {
    json!({
        "apiVersion": tollgate_crds::API_VERSION, "kind": "FeatureFlag",
        "metadata": {"name": feature, "namespace": group.namespace, "annotations": {REASON: group.reason()}},
        "spec": {"match": with(&[], &group.id)},
    })
}

fn entries(flag: &FlagSeen) -> &[Value] {
    flag.manifest["spec"]["match"].as_array().map_or(&[], Vec::as_slice)
}

fn holds(entry: &Value, id: &str) -> bool {
    entry["fingerprint"].as_array().is_some_and(|ids| ids.iter().any(|known| known == id))
}

/// So many groups stand in one entry of a flag.
const MOST_IN_ENTRY: usize = 64;

/// With one group more: in an entry that has groups and nothing else, or one of its own.
fn with(entries: &[Value], id: &str) -> Vec<Value> {
    let mut entries = entries.to_vec();
    if entries.iter().any(|entry| holds(entry, id)) {
        return entries;
    }
    let of_groups = entries.iter_mut().find_map(|entry| {
        let is_alone = entry.as_object().is_some_and(|entry| entry.len() == 1);
        entry.get_mut("fingerprint")?.as_array_mut().filter(|ids| is_alone && ids.len() < MOST_IN_ENTRY)
    });
    match of_groups {
        Some(ids) => ids.push(json!(id)),
        None => entries.push(json!({"fingerprint": [id]})),
    }
    entries
}

// === impl Group ===

impl Group {
    /// As the address says; what it says may not be one.
    fn of(context: &Context) -> Option<Self> {
        let words = Words::of(&context.query);
        let id = words.get("group");
        let namespace = context.view.filter.get(Dimension::Namespace).first().cloned().unwrap_or_default();
        let hash = id.strip_prefix("fp-").unwrap_or_default();
        let is_group = hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_group && !namespace.is_empty()).then(|| Self { namespace, id: id.to_owned() })
    }

    fn is(&self, seen: &Unnamed) -> bool {
        seen.namespace == self.namespace && seen.fingerprint.as_ref() == Some(&self.id)
    }

    /// For the audit.
    fn reason(&self) -> String {
        format!("names the calls of the group {}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "fp-3f61c09b2ad4";

    #[test]
    fn a_group_is_added_to_an_entry_of_groups_alone() {
        let is = [json!({"path": "/v1/*"}), json!({"fingerprint": ["fp-000000000000"]})];
        let named = with(&is, ID);
        assert_eq!(named, [is[0].clone(), json!({"fingerprint": ["fp-000000000000", ID]})]);
        assert_eq!(with(&named, ID), named, "once is enough");
    }

    #[test]
    fn an_entry_that_asks_for_more_is_left_as_it_is() {
        let is = [json!({"fingerprint": ["fp-000000000000"], "models": ["gpt-5*"]})];
        assert_eq!(with(&is, ID), [is[0].clone(), json!({"fingerprint": [ID]})]);
    }

    #[test]
    fn the_same_by_hand_is_what_kubectl_takes() {
        let group = Group { namespace: "shop".to_owned(), id: ID.to_owned() };
        let flags = tollgate_crds::manifests::read(&yaml(&new_flag(&group, "answer-drafts"))).unwrap();
        let [tollgate_crds::Manifest::FeatureFlag(flag)] = &flags[..] else { panic!("{flags:?}") };
        assert_eq!(flag.feature(), "answer-drafts");
    }
}
