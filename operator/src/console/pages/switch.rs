//! Turning a feature off and on: what it would do, why, and then how far it has come, with a way back. Every change is made as
//! the person, through the apiserver: what they may not do, it refuses.

use axum::{
    body::Bytes,
    extract::RawQuery,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams, PostParams, Preconditions},
};
use maud::{Markup, html};
use serde_json::{Value, json};
use tollgate_crds::{
    ClusterFeatureFlag, FeatureFlag, FeatureFlagSpec,
    flag::{DISABLED, ENABLED, OVERRIDE, OVERRIDE_UNTIL},
};

use super::{
    address::{decoded, segment, with},
    cluster::FlagSeen,
    context::{Context, Missing},
    feature::{filter, of_path, yaml},
    features::deciding,
    frame, shown,
};
use crate::{
    console::rights::{self, Wish},
    preview::{FlagPreview, OpenNow, sentences},
    query::{Ask, Dimension, Key, Range},
};

/// Who writes, for whoever looks at managed fields and the audit.
const MANAGER: &str = "tollgate-console";
const REASON: &str = "tollgate.dev/reason";
/// So long the way back is shown.
const UNDO: SignedDuration = SignedDuration::from_mins(10);
/// So long an answer waits for sidecars to say that they hold the change.
const WAIT: std::time::Duration = std::time::Duration::from_millis(1_500);
const LOOK: std::time::Duration = std::time::Duration::from_millis(15);
/// As long as an annotation is read by people.
const LONGEST_REASON: usize = 1_024;

/// What a form said, or an address.
struct Words(Vec<(String, String)>);

// === impl Words ===

impl Words {
    fn of(text: &str) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (key.to_owned(), decoded(value).into_owned())).collect())
    }

    fn get(&self, key: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map_or("", |(_, value)| value.trim())
    }

    fn turns_on(&self) -> bool {
        self.get("to") == "on"
    }
}

/// What happens when somebody says so, before they do.
pub(super) async fn ask(RawQuery(query): RawQuery, context: Context) -> Response {
    let on = Words::of(query.as_deref().unwrap_or("")).turns_on();
    let (namespace, feature) = of_path(&context.path);
    let flags = context.world.cluster.flags(&context.viewer);
    let flag = deciding(&flags, &namespace, &feature);
    let would = preview(&context, &namespace, &feature, flag, on).await;
    let would = would.unwrap_or_else(|missing| frame::failed(&missing));
    let missing_right = right(&context, &namespace, flag).await;
    let body = form(&context, &namespace, &feature, flag, on, &would, missing_right.as_deref());
    frame::still(&context, &format!("Turn {feature} {}", word(on)), &body)
}

/// The Role that is missing for it, as the apiserver says; none: nothing is, or it cannot be asked, and will say so itself.
async fn right(context: &Context, namespace: &str, flag: Option<&FlagSeen>) -> Option<String> {
    let wish = match flag {
        None => Wish { verb: "create", resource: "featureflags", namespace: Some(namespace), name: None },
        Some(flag) if flag.namespace.is_empty() => {
            Wish { verb: "patch", resource: "clusterfeatureflags", namespace: None, name: Some(&flag.name) }
        }
        Some(flag) => {
            let (namespace, name) = (Some(flag.namespace.as_str()), Some(flag.name.as_str()));
            Wish { verb: "patch", resource: "featureflags", namespace, name }
        }
    };
    let right = rights::may(&context.viewer, wish).await.ok()?;
    (!right.allowed).then_some(right.role_yaml)
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

async fn preview(
    context: &Context,
    namespace: &str,
    feature: &str,
    flag: Option<&FlagSeen>,
    on: bool,
) -> Result<Markup, Missing> {
    let reader = context.reader()?;
    let spec =
        flag.and_then(|flag| serde_json::from_value::<FeatureFlagSpec>(flag.manifest["spec"].clone()).ok());
    let spec = FeatureFlagSpec { enabled: Some(on), ..spec.unwrap_or_default() };
    let namespaces = (!namespace.is_empty()).then(|| vec![namespace.to_owned()]);
    let asked = FlagPreview {
        feature: feature.to_owned(),
        spec,
        cluster: Some(reader.cluster().to_owned()),
        namespaces,
        hashed_users: context.world.settings.hashed_users,
    };
    let mut transaction = reader.begin().await?;
    let told = asked.ask_on(&mut transaction, context.now).await.map_err(crate::query::QueryError::of)?;
    drop(transaction);
    let hour = Ask::of(context.span(&Range::Hours(1))).filtered(&filter(namespace, feature));
    let last_hour = context.usage(&hour.clone().by(&[Dimension::Workload], 5)).await?;
    let users = if context.viewer.may_see_users {
        Some(context.usage(&hour.by(&[Dimension::User], 5)).await?)
    } else {
        None
    };
    let named = |usage: &crate::query::Usage| -> Vec<String> {
        let names = usage.groups.iter().filter_map(|group| match &group.key {
            Key::Of(key) => Some(format!(
                "{} ({})",
                key.first().filter(|name| !name.is_empty()).map_or("nobody named", String::as_str),
                shown::grouped(group.sum.passed_calls().into())
            )),
            Key::Others(_) => None,
        });
        names.collect()
    };
    let a_minute = last_hour.sum.passed_calls().div_ceil(60);
    Ok(html! {
        div.preview {
            h2 { "What this does" }
            ul { @for sentence in sentences(&told, OpenNow::default()) { li { (sentence) } } }
            p {
                "In the last hour " (shown::count(last_hour.sum.passed_calls())) " calls passed, about " (a_minute) " a minute, "
                (shown::spent(&last_hour.sum)) "."
            }
            @if !last_hour.groups.is_empty() { p.small { "Workloads: " (named(&last_hour).join(", ")) } }
            @if let Some(users) = &users { @if !users.groups.is_empty() { p.small { "Users: " (named(users).join(", ")) } } }
            @if !on {
                p.small {
                    "The app gets the provider's own error, status 403, at once and without a retry: "
                    q { "The feature \"" (feature) "\" is switched off at the moment." }
                    " Calls that are open are finished, unless the flag says " code { "inFlight: Cut" } "."
                }
            }
        }
    })
}

fn form(
    context: &Context,
    namespace: &str,
    feature: &str,
    flag: Option<&FlagSeen>,
    on: bool,
    would: &Markup,
    missing_right: Option<&str>,
) -> Markup {
    let place = if namespace.is_empty() { "-" } else { namespace };
    let action = format!("/features/{}/{}/switch", segment(place), segment(feature));
    let managed = flag.and_then(|flag| flag.managed.as_ref());
    let soon = context.now + SignedDuration::from_hours(1);
    html! {
        form.switch method="post" action=(action) {
            (would)
            input type="hidden" name="to" value=(word(on));
            input type="hidden" name="version" value=(flag.map(|flag| flag.resource_version.as_str()).unwrap_or_default());
            @if let Some(flag) = flag { @if flag.namespace.is_empty() {
                p.notice.warn { "It is decided by the ClusterFeatureFlag " code { (flag.name) } ": this turns the feature " (word(on)) " in every namespace that it selects." }
            } }
            label { "Why? It stands in the audit."
                input type="text" name="reason" required maxlength=(LONGEST_REASON) autocomplete="off" autofocus;
            }
            @if let Some(managed) = managed {
                fieldset {
                    legend { "This flag is managed by " (managed.by) " (" (managed.name) "), which would undo a change of its spec" }
                    label.choice { input type="radio" name="way" value="override" checked; "Override it until"
                        input type="text" name="until" value=(Timestamp::from_second(soon.as_second()).unwrap_or(soon)) aria-label="Until when, such as 2027-01-31T12:00:00Z"; }
                    p.small { "Two annotations that no tool takes away: it ends by itself, and git stays as it is." }
                    label.choice { input type="radio" name="way" value="spec"; "Change its spec all the same" }
                }
                details { summary { "The patch for git" } pre.code tabindex="0" { code { (yaml(&patched(flag, namespace, feature, on))) } } }
            } @else {
                details { summary { "The same by hand" } pre.code tabindex="0" { code { (by_hand(flag, namespace, feature, on)) } } }
            }
            @if let Some(role) = missing_right {
                div.notice.warn role="status" {
                    "You may not change it. A cluster admin allows it by:"
                    pre.code tabindex="0" { code { (role) } }
                }
            }
            div.actions {
                button.main type="submit" disabled[missing_right.is_some()] { "Turn " (feature) " " (word(on)) }
                a.button href=(format!("/features/{}/{}", segment(place), segment(feature))) data-close { "Leave it as it is" }
            }
        }
    }
}

/// The flag as it would stand in git.
fn patched(flag: Option<&FlagSeen>, namespace: &str, feature: &str, on: bool) -> Value {
    let mut manifest =
        flag.map_or_else(|| new_flag(namespace, feature, on, None), |flag| flag.manifest.clone());
    manifest["spec"]["enabled"] = json!(on);
    manifest
}

fn new_flag(namespace: &str, feature: &str, on: bool, reason: Option<&str>) -> Value {
    let mut flag = json!({
        "apiVersion": tollgate_crds::API_VERSION, "kind": "FeatureFlag",
        "metadata": {"name": feature, "namespace": namespace}, "spec": {"enabled": on},
    });
    if let Some(reason) = reason {
        flag["metadata"]["annotations"] = json!({REASON: reason});
    }
    flag
}

fn by_hand(flag: Option<&FlagSeen>, namespace: &str, feature: &str, on: bool) -> String {
    match flag {
        None => format!("kubectl apply -f - <<'END'\n{}END\n", yaml(&new_flag(namespace, feature, on, None))),
        Some(flag) => {
            let place =
                if flag.namespace.is_empty() { String::new() } else { format!(" -n {}", flag.namespace) };
            format!(
                "kubectl patch {} {}{place} --type merge -p '{{\"metadata\":{{\"annotations\":{{\"{REASON}\":\"…\"}}}},\"spec\":{{\"enabled\":{on}}}}}'\n",
                flag.kind().to_lowercase(),
                flag.name
            )
        }
    }
}

/// A change, as a merge patch that holds only while the flag is what the person saw.
fn patch(on: bool, reason: &str, version: &str, until: Option<&str>) -> Value {
    let mut annotations = json!({REASON: reason});
    let mut patch = json!({"metadata": {"resourceVersion": version}});
    match until {
        Some(until) => {
            annotations[OVERRIDE] = json!(if on { ENABLED } else { DISABLED });
            annotations[OVERRIDE_UNTIL] = json!(until);
        }
        // What somebody says by the spec holds: no override of theirs stays over it.
        None => {
            annotations[OVERRIDE] = Value::Null;
            annotations[OVERRIDE_UNTIL] = Value::Null;
            patch["spec"] = json!({"enabled": on});
        }
    }
    patch["metadata"]["annotations"] = annotations;
    patch
}

/// What a change left behind.
struct Changed {
    version: String,
    uid: String,
    is_new: bool,
}

pub(super) async fn act(context: Context, body: Bytes) -> Response {
    let words = Words::of(&String::from_utf8_lossy(&body));
    let (namespace, feature) = of_path(&context.path);
    let on = words.turns_on();
    let reason = words.get("reason");
    if reason.is_empty() || reason.len() > LONGEST_REASON {
        return told(
            &context,
            StatusCode::BAD_REQUEST,
            &html! { p { "Say why, in at most " (LONGEST_REASON) " bytes: it stands in the audit." } },
        );
    }
    let until = (words.get("way") == "override").then(|| words.get("until"));
    if let Some(until) = until
        && until.parse::<tollgate_crds::flag::Moment>().is_err()
    {
        return told(
            &context,
            StatusCode::BAD_REQUEST,
            &html! { p { code { (until) } " is no time: write one such as 2027-01-31T12:00:00Z or 2027-01-31T12:00[Europe/Berlin]." } },
        );
    }
    let flags = context.world.cluster.flags(&context.viewer);
    let flag = deciding(&flags, &namespace, &feature);
    let began = std::time::Instant::now();
    let changed = write(&context, flag, &namespace, &feature, on, reason, words.get("version"), until).await;
    match changed {
        Ok(changed) => {
            let took = distributed(&context, &changed, began).await;
            back(&namespace, &feature, on, &changed, took, context.now)
        }
        Err(error) => refused(&context, &namespace, &feature, &error).await,
    }
}

#[expect(clippy::too_many_arguments, reason = "each is a word of the form")]
async fn write(
    context: &Context,
    flag: Option<&FlagSeen>,
    namespace: &str,
    feature: &str,
    on: bool,
    reason: &str,
    version: &str,
    until: Option<&str>,
) -> Result<Changed, kube::Error> {
    let client = context.viewer.client.clone();
    let by = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
    match flag {
        None => {
            let flag = new_flag(namespace, feature, on, Some(reason));
            let flag: FeatureFlag = serde_json::from_value(flag).map_err(kube::Error::SerdeError)?;
            let by = PostParams { field_manager: Some(MANAGER.to_owned()), ..PostParams::default() };
            let made = Api::<FeatureFlag>::namespaced(client, namespace).create(&by, &flag).await?;
            Ok(Changed::of(&made.metadata, true))
        }
        Some(flag) if flag.namespace.is_empty() => {
            let patch = Patch::Merge(patch(on, reason, version, until));
            let made = Api::<ClusterFeatureFlag>::all(client).patch(&flag.name, &by, &patch).await?;
            Ok(Changed::of(&made.metadata, false))
        }
        Some(flag) => {
            let patch = Patch::Merge(patch(on, reason, version, until));
            let api = Api::<FeatureFlag>::namespaced(client, &flag.namespace);
            Ok(Changed::of(&api.patch(&flag.name, &by, &patch).await?.metadata, false))
        }
    }
}

// === impl Changed ===

impl Changed {
    fn of(metadata: &kube::core::ObjectMeta, is_new: bool) -> Self {
        Self {
            version: metadata.resource_version.clone().unwrap_or_default(),
            uid: metadata.uid.clone().unwrap_or_default(),
            is_new,
        }
    }
}

/// Until the sidecars hold it, as the operator's status says; none: that takes longer, and the page goes on telling.
async fn distributed(
    context: &Context,
    changed: &Changed,
    began: std::time::Instant,
) -> Option<std::time::Duration> {
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
    took: Option<std::time::Duration>,
    now: Timestamp,
) -> Response {
    let place = if namespace.is_empty() { "-" } else { namespace };
    let mut pairs = vec![
        ("done", word(on).to_owned()),
        ("at", now.as_second().to_string()),
        ("uid", changed.uid.clone()),
    ];
    if changed.is_new {
        pairs.push(("new", "1".to_owned()));
    }
    if let Some(took) = took {
        pairs.push(("took", took.as_millis().to_string()));
    }
    let to = with(&format!("/features/{}/{}", segment(place), segment(feature)), &pairs);
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// On the feature's page, after a change: how far it came, and the way back.
pub(super) fn done(context: &Context) -> Markup {
    let words = Words::of(context.query.as_str());
    let on = match words.get("done") {
        "on" => true,
        "off" => false,
        _ => return html! {},
    };
    let made = words.get("at").parse::<i64>().ok().and_then(|at| Timestamp::from_second(at).ok());
    let still = made.is_some_and(|made| made.duration_until(context.now) < UNDO);
    let (namespace, feature) = of_path(&context.path);
    let flags = context.world.cluster.flags(&context.viewer);
    let flag = flags.iter().find(|flag| flag.uid == words.get("uid"));
    let count = flag.and_then(|flag| flag.status.sidecars);
    let place = if namespace.is_empty() { "-" } else { &namespace };
    html! {
        div.notice.good role="status" aria-live="polite" {
            strong { "Turned " (word(on)) ". " }
            @match (count, words.get("took").parse::<u64>()) {
                (Some(count), Ok(took)) => { "Held by " (count.current) " of " (count.total) " sidecars after " (took) " ms." }
                (Some(count), Err(_)) => { "Held by " (count.current) " of " (count.total) " sidecars so far: below it says how far it is." }
                (None, _) => "No sidecar has told of it yet: below it says how far it is.",
            }
            @if still { @if let Some(flag) = flag {
                form method="post" action=(format!("/features/{}/{}/undo", segment(place), segment(&feature))) {
                    input type="hidden" name="to" value=(word(!on));
                    input type="hidden" name="uid" value=(flag.uid);
                    input type="hidden" name="at" value=(words.get("at"));
                    @if !words.get("new").is_empty() { input type="hidden" name="new" value="1"; }
                    button type="submit" { "Undo" }
                }
            } }
        }
    }
}

/// The way back: the same change the other way, as long as nobody else has changed the flag since.
pub(super) async fn undo(context: Context, body: Bytes) -> Response {
    let words = Words::of(&String::from_utf8_lossy(&body));
    let (namespace, feature) = of_path(&context.path);
    let on = words.turns_on();
    let flags = context.world.cluster.flags(&context.viewer);
    let Some(flag) = flags.iter().find(|flag| flag.uid == words.get("uid")) else {
        return told(
            &context,
            StatusCode::CONFLICT,
            &html! { p { "The flag is no longer there: somebody has deleted it, or made it anew." } },
        );
    };
    // Its spec, or its override, still says what was done: then nobody has had another idea since.
    let was_done = flag.overridden().unwrap_or(flag.enabled) != on;
    if !was_done {
        return conflict(&context, &namespace, &feature).await;
    }
    let client = context.viewer.client.clone();
    let made = if words.get("new").is_empty() {
        let until = flag.override_until.as_deref().filter(|_| flag.managed.is_some());
        let patch = match until {
            // an override is taken back by being taken away
            Some(_) => {
                json!({"metadata": {"resourceVersion": flag.resource_version, "annotations": {REASON: "undone", OVERRIDE: null, OVERRIDE_UNTIL: null}}})
            }
            None => patch(on, "undone", &flag.resource_version, None),
        };
        let by = PatchParams { field_manager: Some(MANAGER.to_owned()), ..PatchParams::default() };
        if flag.namespace.is_empty() {
            Api::<ClusterFeatureFlag>::all(client)
                .patch(&flag.name, &by, &Patch::Merge(patch))
                .await
                .map(|_| ())
        } else {
            let api = Api::<FeatureFlag>::namespaced(client, &flag.namespace);
            api.patch(&flag.name, &by, &Patch::Merge(patch)).await.map(|_| ())
        }
    } else {
        // there was none before
        let same = Preconditions {
            uid: Some(flag.uid.clone()),
            resource_version: Some(flag.resource_version.clone()),
        };
        let params = DeleteParams { preconditions: Some(same), ..DeleteParams::default() };
        Api::<FeatureFlag>::namespaced(client, &flag.namespace).delete(&flag.name, &params).await.map(|_| ())
    };
    let place = if namespace.is_empty() { "-" } else { &namespace };
    match made {
        Ok(()) => {
            let to = format!("/features/{}/{}", segment(place), segment(&feature));
            (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
        }
        Err(error) => refused(&context, &namespace, &feature, &error).await,
    }
}

/// Why the apiserver did not take it.
async fn refused(context: &Context, namespace: &str, feature: &str, error: &kube::Error) -> Response {
    match error {
        kube::Error::Api(status) if status.code == 409 => conflict(context, namespace, feature).await,
        kube::Error::Api(status) if status.code == 403 => told(
            context,
            StatusCode::FORBIDDEN,
            &html! { p { "You may not: " (status.message) } p { a href="/me" { "What may I" } " shows the Role that would allow it." } },
        ),
        kube::Error::Api(status) => told(
            context,
            StatusCode::UNPROCESSABLE_ENTITY,
            &html! { p { "The apiserver did not take it: " (status.message) } },
        ),
        _ => {
            tracing::warn!(%error, "a change could not be made");
            told(
                context,
                StatusCode::BAD_GATEWAY,
                &html! { p { "The apiserver cannot be reached, and nothing was changed. Try again; while it is away, flags stay as they are." } },
            )
        }
    }
}

async fn conflict(context: &Context, namespace: &str, feature: &str) -> Response {
    let last = super::audit::last(context, namespace, feature).await;
    let body = html! {
        p { "Somebody has changed the flag since you looked, and nothing of yours was done." }
        @if let Some(last) = last { p { "Last it was " (last) } }
    };
    told(context, StatusCode::CONFLICT, &body)
}

fn told(context: &Context, status: StatusCode, what: &Markup) -> Response {
    let back = context.path.trim_end_matches("/switch").trim_end_matches("/undo");
    let body =
        html! { div.notice.bad role="alert" { (what) } p { a.button href=(back) { "Back to the feature" } } };
    let mut response = frame::still(context, "Nothing was changed", &body);
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_holds_only_while_the_flag_is_what_was_seen() {
        assert_eq!(
            patch(false, "too dear", "17", None),
            json!({"metadata": {"resourceVersion": "17", "annotations": {REASON: "too dear", OVERRIDE: null, OVERRIDE_UNTIL: null}},
                   "spec": {"enabled": false}})
        );
    }

    #[test]
    fn an_override_leaves_the_spec_to_git() {
        let patch = patch(false, "outage", "17", Some("2027-01-31T12:00:00Z"));
        assert_eq!(patch["spec"], Value::Null);
        assert_eq!(patch["metadata"]["annotations"][OVERRIDE], "disabled");
    }

    #[test]
    fn the_same_by_hand_is_what_kubectl_takes() {
        let text = by_hand(None, "shop", "chat", false);
        let yaml = text.trim_start_matches("kubectl apply -f - <<'END'\n").trim_end_matches("END\n");
        let flags = tollgate_crds::manifests::read(yaml).unwrap();
        let [tollgate_crds::Manifest::FeatureFlag(flag)] = &flags[..] else { panic!("{flags:?}") };
        assert_eq!((flag.feature(), flag.spec.enabled), ("chat", Some(false)));
    }
}
