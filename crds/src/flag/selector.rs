//! Label selectors: Kubernetes' own shape and meaning (metav1.LabelSelector), with bounds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Labels that must be there. All of it must hold; an empty selector selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelSelector {
    /// Labels with exactly these values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "crate::schema::labels")]
    pub match_labels: BTreeMap<String, String>,

    /// Labels by operator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16))]
    pub match_expressions: Vec<LabelRequirement>,
}

/// What one label must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::VALUES.to_json()))]
pub struct LabelRequirement {
    /// The label's key.
    #[schemars(length(min = 1, max = 317))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::LABEL_KEY.to_json()))]
    pub key: String,

    /// How the label's value is compared.
    pub operator: SelectorOperator,

    /// For In and NotIn: the values. For Exists and DoesNotExist there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 16), inner(length(max = 63), regex(pattern = crate::schema::LABEL_VALUE)))]
    pub values: Vec<String>,
}

/// How a label's value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SelectorOperator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

// === impl LabelSelector ===

impl LabelSelector {
    /// Whether it selects an object with these labels. As in Kubernetes, `NotIn` also selects where the label is
    /// absent.
    pub fn selects(&self, labels: &BTreeMap<String, String>) -> bool {
        self.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
            && self.match_expressions.iter().all(|requirement| requirement.holds(labels))
    }
}

// === impl LabelRequirement ===

impl LabelRequirement {
    fn holds(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.key);
        let listed = || value.is_some_and(|value| self.values.contains(value));
        match self.operator {
            SelectorOperator::In => listed(),
            SelectorOperator::NotIn => !listed(),
            SelectorOperator::Exists => value.is_some(),
            SelectorOperator::DoesNotExist => value.is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn requirement(operator: SelectorOperator, values: &[&str]) -> LabelSelector {
        LabelSelector {
            match_labels: BTreeMap::new(),
            match_expressions: vec![LabelRequirement {
                key: "tier".to_owned(),
                operator,
                values: values.iter().map(|value| (*value).to_owned()).collect(),
            }],
        }
    }

    #[test]
    fn an_empty_selector_selects_everything() {
        assert!(LabelSelector::default().selects(&labels(&[])));
        assert!(LabelSelector::default().selects(&labels(&[("app", "web")])));
    }

    #[test]
    fn every_label_must_match() {
        let selector =
            LabelSelector { match_labels: labels(&[("app", "web"), ("tier", "a")]), ..Default::default() };
        assert!(selector.selects(&labels(&[("app", "web"), ("tier", "a"), ("more", "x")])));
        assert!(!selector.selects(&labels(&[("app", "web")])));
        assert!(!selector.selects(&labels(&[("app", "web"), ("tier", "b")])));
    }

    #[test]
    fn the_four_operators_mean_what_they_mean_in_kubernetes() {
        use SelectorOperator::{DoesNotExist, Exists, In, NotIn};
        // (operator, values, selects tier=a, selects tier=c, selects no tier)
        let table = [
            (In, &["a", "b"][..], true, false, false),
            (NotIn, &["a", "b"][..], false, true, true),
            (Exists, &[][..], true, true, false),
            (DoesNotExist, &[][..], false, false, true),
        ];
        for (operator, values, on_a, on_c, on_none) in table {
            let selector = requirement(operator, values);
            assert_eq!(selector.selects(&labels(&[("tier", "a")])), on_a, "{operator:?} on a");
            assert_eq!(selector.selects(&labels(&[("tier", "c")])), on_c, "{operator:?} on c");
            assert_eq!(selector.selects(&labels(&[])), on_none, "{operator:?} on none");
        }
    }
}
