//! Who asks. Whoever signs people in makes one a request and puts it into the request's extensions; pages believe nothing
//! else of the request about a person.

use std::{collections::BTreeSet, sync::Arc};

/// A person, or a program, that was recognised.
#[derive(Clone)]
pub struct Viewer {
    pub name: Arc<str>,
    pub groups: Arc<[String]>,
    /// Whose usage they may read (`get usagereports.tollgate.dev`).
    pub namespaces: Namespaces,
    /// Whether they may read who the users of a feature are (`get usagereports/users`).
    pub may_see_users: bool,
    /// The Postgres role that is set for each transaction that reads for them. What it may not see is not there,
    /// whatever a query says.
    pub role: Arc<str>,
    /// The cluster as this person: each change, and each question what they may change, goes through it.
    pub client: kube::Client,
}

/// Which namespaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Namespaces {
    All,
    Only(Arc<BTreeSet<String>>),
}

/// The role of whom Postgres gave none yet. There is none of that name: whoever set it would be refused.
pub(super) const UNKNOWN: &str = "tollgate_viewer_unknown";

// === impl Viewer ===

impl Viewer {
    /// Whether Postgres was there to give a role when this person was recognised.
    pub(super) fn has_role(&self) -> bool {
        &*self.role != UNKNOWN
    }
}

// === impl Namespaces ===

impl Namespaces {
    pub fn contains(&self, namespace: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(namespace),
        }
    }

    /// The names, where not all are meant.
    pub fn only(&self) -> Option<&BTreeSet<String>> {
        match self {
            Self::All => None,
            Self::Only(names) => Some(names),
        }
    }
}

// === impl Debug for Viewer ===

impl std::fmt::Debug for Viewer {
    /// Without the client: it holds the person's credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, groups, namespaces, may_see_users, role, client: _ } = self;
        f.debug_struct("Viewer")
            .field("name", name)
            .field("groups", groups)
            .field("namespaces", namespaces)
            .field("may_see_users", may_see_users)
            .field("role", role)
            .finish_non_exhaustive()
    }
}
