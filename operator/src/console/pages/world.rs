//! What pages are made of.

use crate::query::{Ledger, Zone};

use super::{Cluster, live::Live};

/// Cheap to clone.
#[derive(Clone)]
pub struct World {
    /// None: the installation has no database.
    pub ledger: Option<Ledger>,
    pub cluster: Cluster,
    pub settings: WorldSettings,
    pub(super) live: Live,
}

/// How the console is told to be.
#[derive(Clone, Debug)]
pub struct WorldSettings {
    /// The zone of pages whose address names none.
    pub zone: Zone,
    /// Where the operator is: its ConfigMap of prices is there.
    pub namespace: String,
    /// The ledger has hashes of users, not their ids.
    pub hashed_users: bool,
}

// === impl World ===

impl World {
    pub fn new(ledger: Option<Ledger>, cluster: Cluster, settings: WorldSettings) -> Self {
        Self { ledger, cluster, settings, live: Live::default() }
    }
}

impl Default for WorldSettings {
    fn default() -> Self {
        Self { zone: Zone::utc(), namespace: "tollgate-system".to_owned(), hashed_users: false }
    }
}
