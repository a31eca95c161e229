//! The one door that label values pass: each is bounded, so no caller can grow the number of series.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Features past the first 200 are `other`.
const FEATURES: usize = 200;

pub(super) const OTHER: &str = "other";

/// AI providers that no sidecar meters, by how their hosts end; clouds have one a region or an account.
const NOT_METERED: [&str; 15] = [
    "openai.azure.com",
    "services.ai.azure.com",
    "cognitiveservices.azure.com",
    "api.mistral.ai",
    "api.cohere.com",
    "api.deepseek.com",
    "api.groq.com",
    "api.perplexity.ai",
    "api.together.xyz",
    "api.fireworks.ai",
    "api.cerebras.ai",
    "router.huggingface.co",
    "integrate.api.nvidia.com",
    "dashscope.aliyuncs.com",
    "api.moonshot.ai",
];
/// Amazon's, of any region: its own, and those that the SDKs of OpenAI and Anthropic call.
const AMAZON: [(&str, &str, &str); 3] = [
    ("bedrock-runtime.", ".amazonaws.com", BEDROCK),
    ("bedrock-mantle.", ".api.aws", "bedrock-mantle.api.aws"),
    ("aws-external-anthropic.", ".api.aws", "aws-external-anthropic.api.aws"),
];
const BEDROCK: &str = "bedrock-runtime.amazonaws.com";

/// The label of an AI provider's host that is known, and whose calls nobody meters.
pub(super) fn not_metered(host: &str) -> Option<&'static str> {
    let amazon = AMAZON.into_iter().find(|(begin, end, _)| host.starts_with(begin) && host.ends_with(end));
    let ends =
        |known: &&str| host.strip_suffix(*known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    amazon.map(|(_, _, label)| label).or_else(|| NOT_METERED.into_iter().find(ends))
}

/// Which features have a label of their own; one for the whole process, asked once per worker and feature.
#[derive(Debug, Default)]
pub(super) struct FeatureLabels(Mutex<HashSet<Arc<str>>>);

// === impl FeatureLabels ===

impl FeatureLabels {
    /// The feature itself if it is among the first, else `None`.
    pub(super) fn admit(&self, feature: &Arc<str>) -> Option<Arc<str>> {
        let mut features = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = features.get(feature) {
            return Some(Arc::clone(known));
        }
        (features.len() < FEATURES).then(|| {
            features.insert(Arc::clone(feature));
            Arc::clone(feature)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_ai_providers_that_are_not_metered_share_a_label_each() {
        for (host, label) in [
            ("shop.openai.azure.com", Some("openai.azure.com")),
            ("bedrock-runtime.eu-central-1.amazonaws.com", Some(BEDROCK)),
            ("bedrock-mantle.us-east-1.api.aws", Some("bedrock-mantle.api.aws")),
            ("aws-external-anthropic.us-west-2.api.aws", Some("aws-external-anthropic.api.aws")),
            ("s3.us-east-1.api.aws", None),
            ("api.mistral.ai", Some("api.mistral.ai")),
            ("notapi.mistral.ai", None),
            ("s3.eu-central-1.amazonaws.com", None),
        ] {
            assert_eq!(not_metered(host), label, "{host}");
        }
    }

    #[test]
    fn the_first_two_hundred_features_have_a_label_and_keep_it() {
        let labels = FeatureLabels::default();
        let name = |number: usize| Arc::<str>::from(format!("feature-{number}"));
        for number in 0..FEATURES {
            assert!(labels.admit(&name(number)).is_some());
        }
        assert!(labels.admit(&name(FEATURES)).is_none());
        assert!(labels.admit(&name(0)).is_some());
    }
}
