//! One entry of a flag's `match`, ready to be asked about calls.

use http::{HeaderMap, HeaderName};
use tollgate_crds::{HeaderMatch, Match};
use tollgate_meter::{Provider, plain};

use super::{flags::Feature, glob::Glob};

/// What is known of a call besides its headers.
#[derive(Clone, Copy, Debug)]
pub struct CallFacts<'a> {
    pub provider: Provider,
    /// The provider's own path, without the query.
    pub path: &'a str,
    /// The container that calls, where capture can tell.
    pub container: Option<&'a str>,
    pub model: Model<'a>,
    /// The models that may answer instead.
    pub others: &'a [Box<str>],
    pub fingerprint: Fingerprint<'a>,
}

/// The group of calls that the call is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fingerprint<'a> {
    /// Its body, which would say so, was not read whole yet.
    Unread,
    /// Of none that is known.
    None,
    Of(&'a str),
}

/// The model that the call asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model<'a> {
    /// Its body, which would say so, was not read yet.
    Unread,
    /// It names none.
    None,
    Named(&'a str),
}

/// Whether a rule is about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// That depends on the model, which was not read yet.
    ByModel,
    /// That depends on the whole body, which was not read yet.
    ByFingerprint,
}

/// A compiled entry. Pod labels were compared when it was compiled.
#[derive(Debug)]
pub(crate) struct Rule {
    feature: Feature,
    /// A bit for each provider; all bits where the entry names none.
    providers: u8,
    container: Option<Box<str>>,
    path: Option<Glob>,
    header: Option<Header>,
    /// Any of them; empty where the entry names none.
    models: Box<[Glob]>,
    /// Any of them; empty where the entry names none.
    fingerprints: Box<[Box<str>]>,
}

#[derive(Debug)]
struct Header {
    name: HeaderName,
    value: Option<Box<str>>,
}

// === impl Rule ===

impl Rule {
    pub(super) fn compile(entry: &Match, feature: Feature) -> Self {
        Self {
            feature,
            providers: entry.providers.as_ref().map_or(u8::MAX, |providers| {
                providers
                    .iter()
                    .filter_map(|provider| Provider::from_name(provider.name()))
                    .map(bit)
                    .fold(0, |a, b| a | b)
            }),
            container: entry.container.as_deref().map(Into::into),
            path: entry.path.as_deref().map(|path| Glob::new(&plain(path))),
            header: entry.header.as_ref().and_then(Header::compile),
            models: entry.models.iter().flatten().map(|model| Glob::new(model)).collect(),
            fingerprints: entry.fingerprint.iter().flatten().map(|id| id.as_str().into()).collect(),
        }
    }

    pub(crate) fn feature(&self) -> &Feature {
        &self.feature
    }

    pub(crate) fn asked(&self, headers: &HeaderMap, call: &CallFacts<'_>) -> Answer {
        let besides_model = self.providers & bit(call.provider) != 0
            && self.container.as_deref().is_none_or(|container| call.container == Some(container))
            && self.path.as_ref().is_none_or(|path| path.matches(call.path))
            && self.header.as_ref().is_none_or(|header| header.is_in(headers));
        if !besides_model {
            return Answer::No;
        }
        let by_model = match call.model {
            _ if self.models.is_empty() => Answer::Yes,
            Model::Named(model) if self.names(call.provider, model) => Answer::Yes,
            _ if call.others.iter().any(|model| self.names(call.provider, model)) => Answer::Yes,
            Model::Unread => Answer::ByModel,
            Model::Named(_) | Model::None => Answer::No,
        };
        let by_fingerprint = match call.fingerprint {
            _ if self.fingerprints.is_empty() => Answer::Yes,
            Fingerprint::Unread => Answer::ByFingerprint,
            Fingerprint::Of(id) if self.fingerprints.iter().any(|listed| **listed == *id) => Answer::Yes,
            Fingerprint::Of(_) | Fingerprint::None => Answer::No,
        };
        match (by_model, by_fingerprint) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (_, Answer::ByFingerprint) => Answer::ByFingerprint,
            (by_model, _) => by_model,
        }
    }
}

impl Rule {
    /// However the call spells the model: as it is, or as the provider lists it.
    fn names(&self, provider: Provider, model: &str) -> bool {
        let listed = provider.listed_model(model);
        self.models.iter().any(|glob| glob.matches(model) || glob.matches(listed))
    }
}

const fn bit(provider: Provider) -> u8 {
    1 << provider as u8
}

// === impl Header ===

impl Header {
    /// `None` only for a name that the schema would not have let in.
    fn compile(header: &HeaderMatch) -> Option<Self> {
        let name = header.name.parse().ok()?;
        Some(Self { name, value: header.value.as_deref().map(Into::into) })
    }

    fn is_in(&self, headers: &HeaderMap) -> bool {
        match &self.value {
            None => headers.contains_key(&self.name),
            Some(value) => {
                headers.get_all(&self.name).iter().any(|found| found.as_bytes() == value.as_bytes())
            }
        }
    }
}
