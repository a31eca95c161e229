//! What is answered where there is no page to show: to people, and to programs.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde_json::json;

use crate::console::{
    assets::{SCRIPT, STYLE},
    leaf::ICON,
};

/// Something is not as it should be, and there is no person to frame it for.
pub(super) fn page(status: StatusCode, title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body.alone { main id="main" { h1 { (title) } (body) } }
        }
    };
    (status, page).into_response()
}

/// The same for a program.
pub(in crate::console) fn json(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({"error": why}))).into_response()
}

/// Of every page.
pub(super) fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Tollgate" }
            link rel="stylesheet" href=(STYLE.address);
            link rel="icon" href=(ICON);
            script src=(SCRIPT.address) defer {}
        }
    }
}
