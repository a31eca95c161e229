//! The apiserver's question, read and answered.

use axum::{Json, body::Bytes};
use kube::core::{
    DynamicObject, Resource,
    admission::{AdmissionRequest, AdmissionResponse, AdmissionReview},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(super) type Reviewed = Json<AdmissionReview<DynamicObject>>;

/// A warning above this is cut by the apiserver, in bytes.
const LONGEST_WARNING: usize = 256;
/// More than these nobody reads.
const MOST_WARNINGS: usize = 8;

/// A question that was not understood.
#[derive(Debug, thiserror::Error)]
#[error("the apiserver's question cannot be read: {problem}")]
pub(super) struct Unreadable {
    problem: String,
    /// Without it the apiserver does not know our answer.
    uid: Option<String>,
}

pub(super) fn read<T>(body: &Bytes) -> Result<AdmissionRequest<T>, Unreadable>
where
    T: Resource + DeserializeOwned,
{
    let unreadable = |problem: String| {
        let review: Option<Value> = serde_json::from_slice(body).ok();
        let uid = review.and_then(|review| review["request"]["uid"].as_str().map(str::to_owned));
        Unreadable { problem, uid }
    };
    let review: AdmissionReview<T> =
        serde_json::from_slice(body).map_err(|error| unreadable(error.to_string()))?;
    review.try_into().map_err(|_| unreadable("it asks nothing".to_owned()))
}

/// Yes, as it came, though the question was not understood.
pub(super) fn pass(unreadable: &Unreadable) -> Reviewed {
    let mut response = AdmissionResponse::invalid("");
    response.allowed = true;
    response.uid = unreadable.uid.clone().unwrap_or_default();
    with_warnings(response, [format!("tollgate: {unreadable}; it was let through as it is")])
}

/// The answer, with a sentence or more for whoever asked the apiserver.
pub(super) fn with_warnings(
    mut response: AdmissionResponse,
    warnings: impl IntoIterator<Item = String>,
) -> Reviewed {
    let warnings: Vec<String> = warnings.into_iter().take(MOST_WARNINGS).map(shortened).collect();
    response.warnings = Some(warnings).filter(|warnings| !warnings.is_empty());
    Json(response.into_review())
}

/// The answer with a patch.
pub(super) fn patched(
    response: AdmissionResponse,
    patch: &json_patch::Patch,
) -> Result<AdmissionResponse, serde_json::Error> {
    // Through JSON: kube's release of the patch library is not ours.
    let patch = serde_json::from_value(serde_json::to_value(patch)?)?;
    response.with_patch(patch).map_err(serde::ser::Error::custom)
}

fn shortened(mut text: String) -> String {
    const MORE: &str = "…";
    if text.len() > LONGEST_WARNING {
        let end = text.floor_char_boundary(LONGEST_WARNING - MORE.len());
        text.truncate(end);
        text.push_str(MORE);
    }
    text
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::Pod;

    use super::*;

    #[test]
    fn a_question_that_is_not_understood_is_answered_with_yes() {
        let body = br#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",
                        "request":{"uid":"u-1","operation":"BEND","object":{"spec":7}}}"#;
        let unreadable = read::<Pod>(&Bytes::from_static(body)).unwrap_err();
        let Json(review) = pass(&unreadable);
        let answer = serde_json::to_value(review).unwrap();
        assert_eq!(answer["kind"], "AdmissionReview");
        assert_eq!(answer["response"]["uid"], "u-1");
        assert_eq!(answer["response"]["allowed"], true);
        assert_eq!(answer["response"]["warnings"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_warning_is_never_longer_than_the_apiserver_shows() {
        for text in ["ä".repeat(300), "x".repeat(257), "€".repeat(86)] {
            let text = shortened(text);
            assert!(text.len() <= 256 && text.ends_with('…'), "{}", text.len());
        }
        assert_eq!(shortened("x".repeat(256)), "x".repeat(256));
    }
}
