//! The pages, and the API beside them. Whoever is in front has recognised the person: each request carries a
//! [`Viewer`](super::Viewer) among its extensions, and is answered as theirs.
//!
//! - [`world`]: what pages are made of: the ledger, and the [`cluster`] as it is now
//! - [`context`]: one request: who asks, what, when; [`address`]: what its address says, [`paths`]: which page its path is of
//! - [`live`]: parts of a page, sent again when they change (server-sent events, same address); [`frame`]: a page out of them;
//!   [`notice`]: what is answered where there is no page
//! - [`shown`]: figures for people; [`holds`]: what holds for a feature; [`attention`]: what needs somebody; [`chart`]: pictures of them, with the table that they are of
//! - a page each: [`overview`], [`features`], [`feature`] and its [`switch`], [`explore`], [`calls`], [`audit`],
//!   [`prices`], [`unattributed`], [`alerts`], [`health`] with [`coverage`]; [`refusal`]: why a change was not made
//! - [`api`]: the same for programs, [`openapi`] its description; [`csv`] and [`focus`]: the same as files
//!
//! Every page is HTML that says all it has to say without a script. What a page shows of money is asked of [`crate::query`], and
//! stands as an exact decimal in the `value` of its `data` element.

mod address;
mod alerts;
mod api;
mod attention;
mod audit;
mod calls;
mod chart;
mod cluster;
mod context;
mod coverage;
mod csv;
mod explore;
mod feature;
mod features;
mod focus;
mod frame;
mod health;
mod holds;
mod live;
mod notice;
mod openapi;
mod overview;
mod paths;
mod prices;
mod refusal;
mod shown;
mod switch;
mod table;
mod unattributed;
mod world;

use axum::{
    Router,
    routing::{get, post},
};

pub use cluster::{Cluster, Writers};
pub use world::{World, WorldSettings};
pub(super) use {notice::json as json_notice, paths::is_for_programs};

use super::assets;

/// All paths of the pages, the API and the assets. Each answers for the [`Viewer`](super::Viewer) among the request's extensions.
pub fn routes<S: Clone + Send + Sync + 'static>(world: World) -> Router<S> {
    Router::new()
        .route("/", get(overview::page))
        .route("/features", get(features::page))
        .route("/features/{namespace}/{feature}", get(feature::page))
        .route("/features/{namespace}/{feature}/switch", get(switch::ask).post(switch::act))
        .route("/features/{namespace}/{feature}/undo", post(switch::undo))
        .route("/explore", get(explore::page))
        .route("/explore.csv", get(csv::usage))
        .route("/calls", get(calls::page))
        .route("/calls.csv", get(csv::calls))
        .route("/calls/{id}", get(calls::one))
        .route("/focus.csv", get(focus::file))
        .route("/audit", get(audit::page))
        .route("/prices", get(prices::page))
        .route("/prices/proposed", get(prices::proposed))
        .route("/unattributed", get(unattributed::page))
        .route("/unattributed/name", get(unattributed::ask).post(unattributed::name))
        .route("/alerts", get(alerts::page))
        .route("/health", get(health::page))
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/api/v1/usage", get(api::usage))
        .route("/api/v1/compare", get(api::compare))
        .route("/api/v1/calls", get(api::calls))
        .route("/api/v1/calls/{id}", get(api::call))
        .route("/api/v1/features", get(api::features))
        .route("/api/v1/changes", get(api::changes))
        .route("/assets/{name}", get(assets::serve))
        .with_state(world)
}
