//! After a change: how far it came, and the way back.

use axum::{
    body::Bytes,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use kube::{
    Api,
    api::{DeleteParams, Preconditions},
};
use maud::{Markup, html};
use serde_json::json;
use tollgate_crds::{
    FeatureFlag,
    flag::{OVERRIDE, OVERRIDE_UNTIL, REASON},
};

use super::{UNDO, change::merge, says_neither, turns_on, word};
use crate::{
    console::pages::{
        address::Words,
        context::Context,
        paths,
        refusal::{conflict, refused, told},
    },
    switching,
};

/// On the feature's page, after a change: how far it came, and the way back.
pub(in crate::console::pages) fn done(context: &Context) -> Markup {
    let words = Words::of(context.query.as_str());
    let on = match words.get("done") {
        "on" => true,
        "off" => false,
        _ => return html! {},
    };
    let made = words.get("at").parse::<i64>().ok().and_then(|at| Timestamp::from_second(at).ok());
    let still = made.is_some_and(|made| made.duration_until(context.now) < UNDO);
    let (namespace, feature) = paths::of_feature(&context.path);
    let flags = context.world.cluster.flags(&context.viewer);
    let flag = flags.iter().find(|flag| flag.uid == words.get("uid"));
    // before the operator has written a word, its status is of what was before
    let said = flag.filter(|flag| flag.is_told && flag.resource_version != words.get("version"));
    let count = said.and_then(|flag| flag.status.sidecars);
    html! {
        div.notice.good role="status" aria-live="polite" {
            strong { "Turned " (word(on)) ". " }
            @match (count, words.get("took").parse::<u64>()) {
                (Some(count), _) if count.total == 0 => "No sidecar is there that it is for.",
                (Some(count), Ok(took)) => { "Held by " (count.current) " of " (count.total) " sidecars after " (took) " ms." }
                (Some(count), Err(_)) => { "Held by " (count.current) " of " (count.total) " sidecars." }
                (None, _) => "The operator has not said yet how many sidecars hold it.",
            }
            @if still { @if let Some(flag) = flag {
                form method="post" action={ (paths::feature(&namespace, &feature)) "/undo" } {
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
pub(in crate::console::pages) async fn undo(context: Context, body: Bytes) -> Response {
    let words = Words::of(&String::from_utf8_lossy(&body));
    let (namespace, feature) = paths::of_feature(&context.path);
    let Some(on) = turns_on(&words) else { return says_neither(&context) };
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
        let patch = |version: &str| match until {
            // an override is taken back by being taken away
            Some(_) => {
                json!({"metadata": {"resourceVersion": version, "annotations": {REASON: "undone", OVERRIDE: null, OVERRIDE_UNTIL: null}}})
            }
            None => switching::patch(on, "undone", version, None),
        };
        merge(client, flag, &flag.seen, patch).await.map(drop)
    } else {
        // there was none before
        let api = Api::<FeatureFlag>::namespaced(client, &flag.namespace);
        let delete = |version: String| {
            let same = Preconditions { uid: Some(flag.uid.clone()), resource_version: Some(version) };
            let params = DeleteParams { preconditions: Some(same), ..DeleteParams::default() };
            let (api, name) = (&api, &flag.name);
            async move { api.delete(name, &params).await }
        };
        switching::while_it_is(&api, &flag.name, &flag.seen, delete).await.map(drop)
    };
    match made {
        Ok(()) => (StatusCode::SEE_OTHER, [(header::LOCATION, paths::feature(&namespace, &feature))])
            .into_response(),
        Err(error) => refused(&context, &namespace, &feature, &error).await,
    }
}
