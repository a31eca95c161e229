//! What is asked of calls.

use std::collections::BTreeSet;

use super::{
    filter::{Dimension, Filter},
    sources::Users,
    span::{Span, Step},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    pub span: Span,
    /// None: the span as one bucket.
    pub step: Option<Step>,
    pub filter: Filter,
    /// What groups are told apart by; none: one group.
    pub by: Vec<Dimension>,
    /// So many groups, those that cost most; all others are one more.
    pub top: u16,
    /// These groups, all others left out.
    pub(super) only: Option<BTreeSet<Vec<String>>>,
}

// === impl Ask ===

impl Ask {
    /// The span as one, of all calls.
    pub fn of(span: Span) -> Self {
        Self { span, step: None, filter: Filter::default(), by: Vec::new(), top: 100, only: None }
    }

    #[must_use]
    pub fn filtered(self, filter: &Filter) -> Self {
        Self { filter: filter.clone(), ..self }
    }

    #[must_use]
    pub fn stepped(self, step: Step) -> Self {
        Self { step: Some(step), ..self }
    }

    /// The whole time in one bucket.
    #[must_use]
    pub fn as_one(self) -> Self {
        Self { step: None, ..self }
    }

    #[must_use]
    pub fn by(self, by: &[Dimension], top: u16) -> Self {
        Self { by: by.to_vec(), top, ..self }
    }

    /// As what users are told apart, in it or by its filter; none: they are not.
    pub(super) fn users(&self) -> Option<Users> {
        self.dimensions().any(|dimension| dimension == Dimension::User).then(|| {
            let finest = self.dimensions().map(Users::beside).max();
            finest.unwrap_or(Users::Alone)
        })
    }

    pub(super) fn is_by_user(&self) -> bool {
        self.by.contains(&Dimension::User)
    }

    fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.by.iter().copied().chain(self.filter.dimensions())
    }
}
