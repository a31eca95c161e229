//! What may I: who the console takes one for, what one may read and change, and the Role that is missing.

use std::sync::Arc;

use axum::{
    Extension, Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use maud::html;
use serde::Serialize;
use serde_json::json;

use super::{
    Namespaces, Viewer,
    door::Door,
    leaf::leaf,
    pages::json_notice,
    rights::{self, Right, Wish},
};

/// A thing people do here, and what it takes.
const DEEDS: [(&str, &str, &str); 5] = [
    ("see what is used, and what it costs", "get", "usagereports"),
    ("see by whom", "get", "usagereports/users"),
    ("see flags", "list", "featureflags"),
    ("turn features off and on", "patch", "featureflags"),
    ("change alerts and budgets", "patch", "usagealerts"),
];
/// Of more namespaces each right is not asked for.
const SHOWN: usize = 10;

#[derive(Serialize)]
struct Deed {
    what: &'static str,
    /// None: in all.
    namespace: Option<String>,
    verb: &'static str,
    resource: &'static str,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
}

pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/me", get(page)).route("/api/v1/me", get(document))
}

async fn document(Extension(viewer): Extension<Viewer>) -> Response {
    match deeds(&viewer).await {
        Ok(deeds) => {
            let Viewer { name, groups, namespaces, may_see_users, .. } = &viewer;
            let namespaces = namespaces.only();
            Json(json!({
                "name": &**name, "groups": &**groups, "namespaces": namespaces, "maySeeUsers": may_see_users,
                "rights": deeds,
            }))
            .into_response()
        }
        Err(error) => json_notice(StatusCode::SERVICE_UNAVAILABLE, &told(&error)),
    }
}

async fn page(Extension(viewer): Extension<Viewer>) -> Response {
    let deeds = deeds(&viewer).await;
    let failed = deeds.is_err();
    let page = leaf(
        "What may I",
        &html! {
            h1 { "What may I" }
            table {
                tbody {
                    tr { th scope="row" { "Name" } td { (viewer.name) } }
                    tr { th scope="row" { "Groups" } td { (viewer.groups.join(", ")) } }
                    tr {
                        th scope="row" { "Namespaces" }
                        td {
                            @match &viewer.namespaces {
                                Namespaces::All => "all",
                                Namespaces::Only(names) if names.is_empty() => "none",
                                Namespaces::Only(names) => {
                                    (names.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
                                }
                            }
                        }
                    }
                }
            }
            @match &deeds {
                Ok(deeds) => (shown(deeds)),
                Err(error) => p role="alert" { (told(error)) }
            }
            form method="post" action="/sign-out" { button type="submit" { "Sign out" } }
            p { a href="/" { "To the console" } }
        },
    );
    let status = if failed { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    (status, page).into_response()
}

fn shown(deeds: &[Deed]) -> maud::Markup {
    html! {
        table {
            caption { "Rights" }
            thead { tr { th scope="col" { "You may" } th scope="col" { "Where" } th scope="col" { "May I" } } }
            tbody {
                @for deed in deeds {
                    tr {
                        td { (deed.what) }
                        td { (deed.namespace.as_deref().unwrap_or("all namespaces")) }
                        td { @if deed.allowed { "✓ yes" } @else { "✗ no" } }
                    }
                }
            }
        }
        @for deed in deeds {
            @if let Some(role) = &deed.role {
                details {
                    summary { "To " (deed.what) " in " (deed.namespace.as_deref().unwrap_or("all namespaces")) ", a cluster admin applies" }
                    pre { code { (role) } }
                }
            }
        }
    }
}

async fn deeds(viewer: &Viewer) -> Result<Vec<Deed>, kube::Error> {
    let places: Vec<Option<&str>> = match viewer.namespaces.only() {
        Some(names) if !names.is_empty() => {
            names.iter().take(SHOWN).map(|name| Some(name.as_str())).collect()
        }
        _ => vec![None],
    };
    let mut deeds = Vec::new();
    for namespace in places {
        for (what, verb, resource) in DEEDS {
            let Right { allowed, role_yaml } =
                rights::may(viewer, Wish { verb, resource, namespace, name: None }).await?;
            let role = (!allowed).then_some(role_yaml);
            deeds.push(Deed { what, namespace: namespace.map(str::to_owned), verb, resource, allowed, role });
        }
    }
    Ok(deeds)
}

fn told(error: &kube::Error) -> String {
    format!("The apiserver does not say what you may: {error}. Try again.")
}
