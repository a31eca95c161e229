//! The one door that label values pass: each is bounded, so no caller can grow the number of series.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Features past the first 200 are `other`.
const FEATURES: usize = 200;

pub(super) const OTHER: &str = "other";

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
