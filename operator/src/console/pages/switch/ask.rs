//! What happens when somebody says so, before they do.

use axum::{extract::RawQuery, response::Response};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde_json::{Value, json};
use tollgate_crds::{DisabledAction, FeatureFlagSpec, InFlight, RefusalStatus, WhenDisabled, flag::REASON};

use super::{LONGEST_REASON, change::new_flag, says_neither, turns_on, word};
use crate::{
    console::{
        pages::{
            address::Words,
            cluster::FlagSeen,
            context::{Context, Missing},
            frame,
            holds::{deciding, yaml},
            paths, shown,
        },
        rights::{self, Wish},
    },
    numbers::grouped,
    preview::{FlagPreview, OpenNow, sentences},
    query::{Ask, Dimension, Filter, Key, Range},
};

/// What happens when somebody says so, before they do.
pub(in crate::console::pages) async fn ask(RawQuery(query): RawQuery, context: Context) -> Response {
    let Some(on) = turns_on(&Words::of(query.as_deref().unwrap_or(""))) else {
        return says_neither(&context);
    };
    let (namespace, feature) = paths::of_feature(&context.path);
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
    let refusal = refusal(feature, spec.when_disabled.as_ref());
    let is_everywhere = namespace.is_empty() || flag.is_some_and(|flag| flag.namespace.is_empty());
    let selects =
        flag.is_some_and(|flag| is_everywhere && flag.manifest["spec"]["namespaceSelector"].is_object());
    let namespaces = (!is_everywhere).then(|| vec![namespace.to_owned()]);
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
    let within = if is_everywhere { "" } else { namespace };
    let hour = Ask::of(context.span(&Range::Hours(1))).filtered(&Filter::of_feature(within, feature));
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
                grouped(group.sum.passed_calls())
            )),
            Key::Others(_) => None,
        });
        names.collect()
    };
    let passed = last_hour.sum.passed_calls();
    let a_minute = if passed < 60 {
        "less than one".to_owned()
    } else {
        format!("about {}", grouped((passed + 30) / 60))
    };
    Ok(html! {
        div.preview {
            h2 { "What this does" }
            ul { @for sentence in sentences(&told, OpenNow::default()) { li { (sentence) } } }
            p {
                "In the last hour " (shown::count(passed)) " calls passed, " (a_minute) " a minute, "
                (shown::spent(&last_hour.sum)) "."
            }
            @if selects { p.small { "Of these, those in the namespaces that its " code { "namespaceSelector" } " names." } }
            @if !last_hour.groups.is_empty() { p.small { "Workloads: " (named(&last_hour).join(", ")) } }
            @if let Some(users) = &users { @if !users.groups.is_empty() { p.small { "Users: " (named(users).join(", ")) } } }
            @if !on { (refusal) }
        }
    })
}

/// What apps get of a feature that is off.
fn refusal(feature: &str, when: Option<&WhenDisabled>) -> Markup {
    let when = when.cloned().unwrap_or_default();
    let usual = || format!("The feature \"{feature}\" is switched off at the moment.");
    let message = when.message.unwrap_or_else(usual);
    let status = when.status.unwrap_or(RefusalStatus::Forbidden).code();
    html! {
        p.small {
            @match when.action.unwrap_or(DisabledAction::Reject) {
                DisabledAction::Reject => {
                    "The app gets the provider's own error, status " (status) ", at once and without a retry: " q { (message) }
                }
                DisabledAction::Respond => {
                    "The app gets an answer of the provider's own shape that says " q { (when.response.unwrap_or(message)) }
                }
                DisabledAction::Substitute => {
                    "The app gets an answer of the model " code { (when.model.unwrap_or_default()) } ": these calls go on, and cost what that costs."
                }
            }
            @match when.in_flight.unwrap_or_default() {
                InFlight::Finish => " Calls that are open are finished.",
                InFlight::Cut => " Calls that are open are broken off.",
            }
        }
    }
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
    let back = paths::feature(namespace, feature);
    let managed = flag.and_then(|flag| flag.managed.as_ref());
    let soon = context.now + SignedDuration::from_hours(1);
    html! {
        form.switch method="post" action={ (back) "/switch" } {
            (would)
            input type="hidden" name="to" value=(word(on));
            input type="hidden" name="seen" value=(flag.map(|flag| flag.seen.as_str()).unwrap_or_default());
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
                a.button href=(back) data-close { "Leave it as it is" }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_by_hand_is_what_kubectl_takes() {
        let text = by_hand(None, "shop", "chat", false);
        let yaml = text.trim_start_matches("kubectl apply -f - <<'END'\n").trim_end_matches("END\n");
        let flags = tollgate_crds::manifests::read(yaml).unwrap();
        let [tollgate_crds::Manifest::FeatureFlag(flag)] = &flags[..] else { panic!("{flags:?}") };
        assert_eq!((flag.feature(), flag.spec.enabled), ("chat", Some(false)));
    }
}
