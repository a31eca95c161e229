//! What holds for a feature, by its flags.

use maud::{Markup, html};
use tollgate_crds::flag::{Effective, EffectiveReason};

use super::cluster::FlagSeen;

/// The flag that says what holds for a feature in a namespace: its own, else one of the whole cluster.
pub(super) fn deciding<'a>(flags: &'a [FlagSeen], namespace: &str, feature: &str) -> Option<&'a FlagSeen> {
    let of = |namespace: &str| {
        let named = |flag: &&FlagSeen| flag.namespace == namespace && flag.feature == feature;
        let own: Vec<&FlagSeen> = flags.iter().filter(named).collect();
        // of several the strictest holds
        own.iter().copied().find(|flag| !flag.passes()).or_else(|| own.first().copied())
    };
    of(namespace).or_else(|| of(""))
}

/// What holds, and why: by words and a mark, not by colour alone.
pub(super) fn state(flag: Option<&FlagSeen>) -> Markup {
    let Some(flag) = flag else {
        return html! { span.state.on { span aria-hidden="true" { "● " } "On" } span.why { "no flag" } };
    };
    let effective = flag.status.effective.as_ref();
    let by = effective.and_then(|effective| effective.by.as_deref());
    let why = match effective.map(|Effective { reason, .. }| *reason) {
        Some(EffectiveReason::Spec) | None => None,
        Some(EffectiveReason::StricterFlag) => Some("by a stricter flag"),
        Some(EffectiveReason::Schedule) => Some("by its schedule"),
        Some(EffectiveReason::Preview) => Some("only counted"),
        Some(EffectiveReason::Override) => Some("by an override"),
        Some(EffectiveReason::Overridden) => Some("by the namespace's own flag"),
        Some(EffectiveReason::Budget) => Some("a budget is spent"),
    };
    html! {
        @if flag.is_preview { span.state.preview { span aria-hidden="true" { "◐ " } "Preview" } }
        @else if flag.passes() { span.state.on { span aria-hidden="true" { "● " } "On" } }
        @else { span.state.off { span aria-hidden="true" { "○ " } "Off" } }
        @if let Some(why) = why { span.why { (why) @if let Some(by) = by { ": " (by) } } }
        @if !flag.is_told { span.why title="The operator has not said yet what holds by this version of the flag" { "waits for the operator" } }
        @else if let Some(sidecars) = flag.status.sidecars && sidecars.total > 0 {
            span.why title="Sidecars that hold this version of the flag" { (sidecars.current) "/" (sidecars.total) " sidecars" }
        }
        @if flag.overridden().is_some() { @if let Some(until) = &flag.override_until { span.why { "overridden until " (until) } } }
        @if let Some(managed) = &flag.managed { span.why { (managed.by) } }
    }
}

/// As kubectl takes it.
pub(super) fn yaml(manifest: &serde_json::Value) -> String {
    serde_yaml::to_string(manifest).unwrap_or_default()
}
