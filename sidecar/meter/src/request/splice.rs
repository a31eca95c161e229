use std::borrow::Cow;

/// An edit of a body, in byte offsets of the body as fed: `remove` bytes at `at` make room for `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    pub at: usize,
    pub remove: usize,
    pub insert: Cow<'static, str>,
}

/// What a request says in `stream_options`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreamOptions {
    Absent,
    Null {
        start: u64,
        end: u64,
    },
    Given {
        open: u64,
        members: u64,
        include_usage: IncludeUsage,
    },
    /// The provider will refuse it: it goes as it came.
    OfWrongType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IncludeUsage {
    Absent,
    Asked,
    /// False or null.
    Declined {
        start: u64,
        end: u64,
    },
    OfWrongType,
}

// === impl Splice ===

impl Splice {
    pub(super) fn new(at: u64, remove: u64, insert: impl Into<Cow<'static, str>>) -> Option<Self> {
        let insert = insert.into();
        Some(Self { at: usize::try_from(at).ok()?, remove: usize::try_from(remove).ok()?, insert })
    }

    /// The same edit of a body with so many bytes before it.
    pub(super) fn behind(self, bytes: usize) -> Option<Self> {
        Some(Self { at: self.at.checked_add(bytes)?, ..self })
    }

    /// The body with the edit made.
    pub fn apply(&self, body: &[u8]) -> Option<Vec<u8>> {
        let (before, after) = (body.get(..self.at)?, body.get(self.at.checked_add(self.remove)?..)?);
        Some([before, self.insert.as_bytes(), after].concat())
    }
}

// === impl StreamOptions ===

impl StreamOptions {
    pub(super) fn include(&mut self, said: IncludeUsage) {
        if let Self::Given { include_usage, .. } = self {
            *include_usage = said;
        }
    }

    pub(super) fn closed(&mut self, count: u64) {
        if let Self::Given { members, .. } = self {
            *members = count;
        }
    }

    /// `end` is the request's last brace; the request has at least one member, `stream`.
    pub(super) fn splice(self, end: u64) -> Option<Splice> {
        match self {
            Self::Absent => Splice::new(end, 0, r#","stream_options":{"include_usage":true}"#),
            Self::Null { start, end } => Splice::new(start, end - start, r#"{"include_usage":true}"#),
            Self::Given { open, members, include_usage: IncludeUsage::Absent } => {
                let insert =
                    if members == 0 { r#""include_usage":true"# } else { r#""include_usage":true,"# };
                Splice::new(open + 1, 0, insert)
            }
            Self::Given { include_usage: IncludeUsage::Declined { start, end }, .. } => {
                Splice::new(start, end - start, "true")
            }
            Self::Given { include_usage: IncludeUsage::Asked | IncludeUsage::OfWrongType, .. }
            | Self::OfWrongType => None,
        }
    }
}
