//! The text of a flags file to validated objects: YAML or JSON, any number of documents, lists of objects too.
//!
//! All or nothing: one wrong document and the file is not taken, so that a slip of the pen never turns half of the
//! flags off or on. A file that holds no flag says so with a comment or a `---`; one without a single character is
//! taken for what an editor or a full disk leaves behind.

mod document;

use std::{collections::HashMap, fmt};

use serde_json::Value;

use crate::{
    API_VERSION, ClusterFeatureFlag, FeatureFlag,
    flag::Override,
    validate::{self, Violation},
};

/// Files above this are not read: some thousand flags fit.
pub const MAX_BYTES: usize = 4 << 20;
/// So many messages of one document are shown.
const SHOWN: usize = 5;

/// An object of a flags file.
#[derive(Clone, Debug, PartialEq)]
pub enum Manifest {
    FeatureFlag(Box<FeatureFlag>),
    ClusterFeatureFlag(Box<ClusterFeatureFlag>),
}

/// Why a flags file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("is empty (a file that is to hold no flag has a comment or --- in it)")]
    Empty,
    #[error("has {bytes} bytes, at most {MAX_BYTES} are read")]
    TooLarge { bytes: usize },
    #[error("document {document}: {problem}")]
    Unreadable { document: usize, problem: String },
    #[error("{place}: {}", shown(violations))]
    Invalid { place: Place, violations: Vec<Violation> },
}

/// Where in a file an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counted from 1, empty documents too.
    pub document: usize,
    /// In a document that is a list: which item, counted from 1.
    pub item: Option<usize>,
    /// What the object says it is, like `FeatureFlag "chat"`; empty where it does not.
    pub object: String,
}

/// The documents of a file as plain values, whatever they are; one of comments alone is null. No key stands twice in them.
pub fn documents(text: &str) -> Result<Vec<Value>, ManifestError> {
    if text.len() > MAX_BYTES {
        return Err(ManifestError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ManifestError::Empty);
    }
    document::parse(text)
        .map_err(|error| ManifestError::Unreadable { document: error.document, problem: error.problem })
}

/// Reads all objects of a file, or none.
pub fn read(text: &str) -> Result<Vec<Manifest>, ManifestError> {
    of(objects(documents(text)?)?)
}

/// The same of objects that are read already.
pub fn of(objects: Vec<(Place, Value)>) -> Result<Vec<Manifest>, ManifestError> {
    let mut manifests = Vec::new();
    let mut seen = HashMap::new();
    for (place, object) in objects {
        let manifest = manifest(&place, object)?;
        if let Some(first) = seen.insert(manifest.identity(), place.document) {
            let problem =
                format!("the same kind, namespace and name as in document {first}; one of them must go");
            return Err(invalid(place, Violation { path: "metadata.name".to_owned(), problem }));
        }
        manifests.push(manifest);
    }
    Ok(manifests)
}

/// Opens lists, and tells each object where it stands. Nulls are documents without one.
pub fn objects(documents: Vec<Value>) -> Result<Vec<(Place, Value)>, ManifestError> {
    let mut objects = Vec::new();
    for (index, mut value) in documents.into_iter().enumerate() {
        let document = index + 1;
        if value.is_null() {
            continue;
        }
        if !is_list(&value) {
            objects.push((Place::new(document, None, &value), value));
            continue;
        }
        match value.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => {
                objects.extend(items.into_iter().enumerate().map(|(index, item)| {
                    let place = Place::new(document, Some(index + 1), &item);
                    (place, item)
                }))
            }
            _ => {
                let problem = "expected a list of objects".to_owned();
                let place = Place::new(document, None, &value);
                return Err(invalid(place, Violation { path: "items".to_owned(), problem }));
            }
        }
    }
    Ok(objects)
}

/// What `kubectl get -o yaml` gives for several objects, and what the API itself does.
fn is_list(value: &Value) -> bool {
    match (value["apiVersion"].as_str(), value["kind"].as_str()) {
        (Some("v1"), Some("List")) => true,
        (Some(API_VERSION), Some(kind)) => matches!(
            kind,
            "FeatureFlagList" | "ClusterFeatureFlagList" | "UsageAlertList" | "ClusterUsageAlertList"
        ),
        _ => false,
    }
}

fn manifest(place: &Place, object: Value) -> Result<Manifest, ManifestError> {
    let read = match object["kind"].as_str() {
        Some("FeatureFlag") => validate::feature_flag(object).map(Box::new).map(Manifest::FeatureFlag),
        Some("ClusterFeatureFlag") => {
            validate::cluster_feature_flag(object).map(Box::new).map(Manifest::ClusterFeatureFlag)
        }
        _ => Err(vec![not_ours(&object)]),
    };
    let read = read.and_then(|manifest| match manifest.overriding() {
        Ok(_) => Ok(manifest),
        Err(violation) => Err(vec![violation]),
    });
    read.map_err(|violations| ManifestError::Invalid { place: place.clone(), violations })
}

/// An object of another kind, or none at all.
fn not_ours(object: &Value) -> Violation {
    let (path, found) = match object.as_object().map(|fields| fields.get("kind")) {
        Some(Some(kind)) => ("kind", validate::found(kind)),
        Some(None) => ("kind", "nothing".to_owned()),
        None => ("", validate::found(object)),
    };
    let problem = format!("expected FeatureFlag or ClusterFeatureFlag of {API_VERSION}, found {found}");
    Violation { path: path.to_owned(), problem }
}

fn invalid(place: Place, violation: Violation) -> ManifestError {
    ManifestError::Invalid { place, violations: vec![violation] }
}

fn shown(violations: &[Violation]) -> String {
    let mut text = violations.iter().take(SHOWN).map(Violation::to_string).collect::<Vec<_>>().join("; ");
    if let Some(more) = violations.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("; and {more} more"));
    }
    text
}

// === impl Manifest ===

impl Manifest {
    /// What its annotations say in the place of its spec.
    pub fn overriding(&self) -> Result<Option<Override>, Violation> {
        let metadata = match self {
            Self::FeatureFlag(flag) => &flag.metadata,
            Self::ClusterFeatureFlag(flag) => &flag.metadata,
        };
        metadata.annotations.as_ref().map_or(Ok(None), Override::read)
    }

    /// Kind, namespace and name: what there can be only one of.
    fn identity(&self) -> (&'static str, Option<String>, Option<String>) {
        match self {
            Self::FeatureFlag(flag) => {
                ("FeatureFlag", flag.metadata.namespace.clone(), flag.metadata.name.clone())
            }
            Self::ClusterFeatureFlag(flag) => ("ClusterFeatureFlag", None, flag.metadata.name.clone()),
        }
    }
}

// === impl Place ===

impl Place {
    fn new(document: usize, item: Option<usize>, object: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(|text| text.chars().take(253).collect::<String>());
        let object = match (text(&object["kind"]), text(&object["metadata"]["name"])) {
            (Some(kind), Some(name)) => format!("{kind} {name:?}"),
            (Some(kind), None) => kind,
            (None, Some(name)) => format!("{name:?}"),
            (None, None) => String::new(),
        };
        Self { document, item, object }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "document {}", self.document)?;
        if let Some(item) = self.item {
            write!(f, ", item {item}")?;
        }
        if !self.object.is_empty() {
            write!(f, " ({})", self.object)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
