//! What each part of the operator may use. Cheap to clone.

use std::sync::Arc;

use kube::{Client, runtime::events::Reporter};
use tokio::{sync::watch, task::JoinSet};

use crate::{
    certificates::CaBundle, database::access::Database, events::Events, index::SharedIndex,
    leadership::Leadership, metrics::Metrics, prices::in_force::Prices, push::reports::Reports,
    settings::Settings,
};

/// The operator's long-lived tasks, each ending with its name: one that ends unasked ends the process, and says so.
pub type Tasks = JoinSet<&'static str>;

/// What each part may use.
#[derive(Clone)]
pub struct Context {
    pub settings: Arc<Settings>,
    pub client: Client,
    /// What the cluster's watches have told.
    pub index: SharedIndex,
    /// The ledger's database; none where the installation has none. Its schema is there once a leader has migrated it.
    pub database: Option<Database>,
    /// Whether this replica leads.
    pub leadership: Leadership,
    /// What the sidecars say they hold, of all replicas where this one leads.
    pub reports: Reports,
    /// The prices that hold.
    pub prices: Prices,
    /// The certificates (PEM) that our own is signed with; none before they are known.
    pub ca: watch::Receiver<Option<CaBundle>>,
    /// Kubernetes Events. Repeated ones are counted, not written anew.
    pub events: Events,
    pub metrics: Arc<Metrics>,
}

/// The name that Events and field managers carry.
pub const CONTROLLER: &str = "tollgate-operator";

/// Events from this replica.
pub(crate) fn events(client: &Client, settings: &Settings) -> Events {
    let reporter = Reporter { controller: CONTROLLER.to_owned(), instance: Some(settings.pod_name.clone()) };
    Events::new(client.clone(), reporter)
}
