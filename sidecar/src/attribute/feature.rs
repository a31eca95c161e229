//! Which feature a call is of.

use http::{HeaderMap, HeaderName};
use tollgate_crds::validate::is_feature_name;

use super::baggage;
use crate::state::{Answer, CallFacts, Certainty, Feature, FlagSet, Rule};

const FEATURE_HEADER: HeaderName = HeaderName::from_static("x-tollgate-feature");
const FEATURE_MEMBER: &str = "tollgate.feature";

/// Which feature a call is of, as far as that can be said.
#[derive(Debug)]
pub struct Attribution {
    pub feature: Feature,
    /// What named it.
    pub via: Via,
    /// Whether model or fingerprint, which were not read yet, could name another.
    pub open: Open,
    /// It takes the whole body to know that, not the model alone.
    pub by_fingerprint: bool,
    /// What named a feature in a way that does not count.
    pub misnamed: Misnamed,
}

/// What named the feature, first in the order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A flag's `match` with `authority: Enforced`.
    Enforced,
    Header,
    Path,
    Baggage,
    /// A flag's `match` with `authority: Hint`.
    Hint,
    /// The pod's annotation, or `workload.feature`.
    Workload,
    Unattributed,
}

/// The features that a call may still turn out to be of, once its model, or its body, is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// None but this one.
    Settled,
    /// Others, all of them on: the call may pass, and is attributed again once the model was read.
    AllOn,
    /// Others, and some of them all are off: who decides now may decide wrongly.
    Mixed,
    /// Others, and every one of them is off, this one too.
    AllOff,
}

/// Where an app can name a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Header,
    Path,
    Baggage,
}

/// The sources whose name no feature can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Misnamed(u8);

/// Says which feature a call is of. Takes no memory where the feature has a flag, or nobody names one.
pub fn attribute(
    headers: &HeaderMap,
    path_feature: Option<&str>,
    call: &CallFacts<'_>,
    flags: &FlagSet,
    reads_baggage: bool,
) -> Attribution {
    let mut candidates = Candidates::default();
    let mut misnamed = Misnamed::default();
    let (feature, via) = match candidates.first_match(flags.enforced(), headers, call) {
        Some(feature) => (feature, Via::Enforced),
        None => match named(headers, path_feature, flags, reads_baggage, &mut misnamed) {
            Some(named) => named,
            None => match candidates.first_match(flags.hints(), headers, call) {
                Some(feature) => (feature, Via::Hint),
                None => unnamed(flags),
            },
        },
    };
    let open = candidates.open_beside(&feature);
    Attribution { feature, via, open, by_fingerprint: candidates.by_fingerprint, misnamed }
}

/// The feature that the app names.
fn named(
    headers: &HeaderMap,
    path_feature: Option<&str>,
    flags: &FlagSet,
    reads_baggage: bool,
    misnamed: &mut Misnamed,
) -> Option<(Feature, Via)> {
    if let Some(feature) = in_header(headers, flags, misnamed) {
        return Some((feature, Via::Header));
    }
    if let Some(name) = path_feature {
        if is_feature_name(name) {
            return Some((flags.feature(name), Via::Path));
        }
        misnamed.add(Source::Path);
    }
    if reads_baggage {
        for value in baggage::values(headers, FEATURE_MEMBER) {
            match valid(&value) {
                Some(name) => return Some((flags.feature(name), Via::Baggage)),
                None => misnamed.add(Source::Baggage),
            }
        }
    }
    None
}

/// The first valid name of the header's values, folded ones too.
fn in_header(headers: &HeaderMap, flags: &FlagSet, misnamed: &mut Misnamed) -> Option<Feature> {
    for value in headers.get_all(FEATURE_HEADER) {
        for name in value.as_bytes().split(|byte| *byte == b',') {
            match valid(name.trim_ascii()) {
                Some(name) => return Some(flags.feature(name)),
                None => misnamed.add(Source::Header),
            }
        }
    }
    None
}

fn valid(name: &[u8]) -> Option<&str> {
    std::str::from_utf8(name).ok().filter(|name| is_feature_name(name))
}

fn unnamed(flags: &FlagSet) -> (Feature, Via) {
    match flags.of_workload() {
        Some(feature) => (feature.clone(), Via::Workload),
        None => (flags.unattributed().clone(), Via::Unattributed),
    }
}

/// What rules that wait for the body could still name.
#[derive(Default)]
struct Candidates {
    on: bool,
    off: bool,
    by_fingerprint: bool,
}

// === impl Candidates ===

impl Candidates {
    /// The feature of the first rule that is about this call; those before it that wait for the body are noted.
    fn first_match(&mut self, rules: &[Rule], headers: &HeaderMap, call: &CallFacts<'_>) -> Option<Feature> {
        for rule in rules {
            match rule.asked(headers, call) {
                Answer::Yes => return Some(rule.feature().clone()),
                Answer::No => {}
                Answer::ByModel => self.add(rule.feature().certainty()),
                Answer::ByFingerprint => {
                    self.add(rule.feature().certainty());
                    self.by_fingerprint = true;
                }
            }
        }
        None
    }

    fn open_beside(&self, feature: &Feature) -> Open {
        match (self.on, self.off, feature.certainty()) {
            (false, false, _) => Open::Settled,
            (true, false, Certainty::On) => Open::AllOn,
            (false, true, Certainty::Off) => Open::AllOff,
            _ => Open::Mixed,
        }
    }

    fn add(&mut self, certainty: Certainty) {
        self.on |= certainty != Certainty::Off;
        self.off |= certainty != Certainty::On;
    }
}

// === impl Source ===

impl Source {
    pub const ALL: [Self; 3] = [Self::Header, Self::Path, Self::Baggage];

    /// As a metric's label says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Path => "path",
            Self::Baggage => "baggage",
        }
    }
}

// === impl Misnamed ===

impl Misnamed {
    /// The sources, each once.
    pub fn iter(self) -> impl Iterator<Item = Source> {
        Source::ALL.into_iter().filter(move |source| self.0 & (1 << *source as u8) != 0)
    }

    fn add(&mut self, source: Source) {
        self.0 |= 1 << source as u8;
    }
}

#[cfg(test)]
mod tests;
