//! The CEL rules of the schema, each with the message a person gets. `validate` holds the same rules in Rust.

use serde_json::{Value, json};

/// An expression that must be true, and what to write where it is not.
pub(crate) struct Rule {
    pub(crate) expression: &'static str,
    pub(crate) message: &'static str,
}

/// On the whole object: a flag stays with its feature, whether the spec names it or the object's own name does.
pub(crate) const SAME_FEATURE: Rule = Rule {
    expression: "(has(self.spec.feature) ? self.spec.feature : self.metadata.name) == \
                 (has(oldSelf.spec.feature) ? oldSelf.spec.feature : oldSelf.metadata.name)",
    message: "spec.feature cannot be changed: create a new flag for the other feature, then delete this one",
};

/// On `spec.feature`: what a flag can be called (DNS-1123 subdomain).
pub(crate) const FEATURE_NAME: Rule = Rule {
    expression: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
    message: "expected a name like chat or writing-assistant: lower-case letters, digits, '-' and '.', each part \
              between dots beginning and ending with a letter or digit",
};

/// On `whenDisabled.status`.
pub(crate) const STATUS: Rule = Rule {
    expression: "self in [400, 402, 403, 404, 410, 451]",
    message: "expected one of 400, 402, 403, 404, 410, 451 (other codes make SDKs try again)",
};

/// On `whenDisabled`.
pub(crate) const SUBSTITUTE: Rule = Rule {
    expression: "has(self.action) && self.action == 'Substitute' ? has(self.model) : !has(self.model)",
    message: "expected a model with the action Substitute, and none with others",
};

/// What one model can be called, as a pattern of the schema.
pub(crate) const MODEL: &str = "^[-A-Za-z0-9._:/@+~=,]+$";

/// On `users`.
pub(crate) const SOME_USERS: Rule = Rule {
    expression: "has(self.allow) || has(self.deny)",
    message: "expected allow or deny, each a list of users' ids",
};

/// On an entry of `schedule`.
pub(crate) const SOME_TIME: Rule = Rule {
    expression: "has(self.from) || has(self.until)",
    message: "expected from or until; for always write spec.enabled",
};

/// On an entry of `match`.
pub(crate) const SOME_CONDITION: Rule = Rule {
    expression: "has(self.workload) || has(self.container) || has(self.providers) || has(self.models) || \
                 has(self.path) || has(self.header) || has(self.fingerprint)",
    message: "expected at least one of workload, container, providers, models, path, header, fingerprint; for every \
              call of every pod write workload: {}",
};

/// On `match[].container`: what a container can be called (DNS-1123 label).
pub(crate) const CONTAINER: Rule = Rule {
    expression: "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    message: "expected a container's name: lower-case letters, digits and '-', beginning and ending with a letter \
              or digit",
};

/// On `match[].models`.
pub(crate) const MODELS: Rule = Rule {
    expression: "self.all(glob, glob.matches('^[-A-Za-z0-9._:/@+~=,*]+$'))",
    message: "expected model names like gpt-5 or claude-*, where * stands for any characters and is the only \
              wildcard",
};

/// On `match[].path`.
pub(crate) const PATH: Rule = Rule {
    expression: "self.matches('^[/*][-A-Za-z0-9._:/@+~=,*%$&();]*$')",
    message: "expected a path like /v1/chat/completions or /v1/images/*, without a query, where * stands for any \
              characters and is the only wildcard",
};

/// On `match[].fingerprint`.
pub(crate) const FINGERPRINTS: Rule = Rule {
    expression: "self.all(id, id.matches('^fp-[0-9a-f]{12}$'))",
    message: "expected ids like fp-3f61c09b2ad4, as tollgate fingerprints shows them",
};

/// On `match[].header.name`: a token of RFC 9110.
pub(crate) const HEADER_NAME: Rule = Rule {
    expression: "self.matches('^[-!#$%&*+.^_`|~0-9A-Za-z]+$')",
    message: "expected a header's name like x-team",
};

/// On `matchExpressions[].key`. The keys of `matchLabels` are the same, but the schema cannot say so: a map's keys
/// have no bound there, and the rule would be above the apiserver's cost limit.
pub(crate) const LABEL_KEY: Rule = Rule {
    expression: "self.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?\
                 [A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$')",
    message: "expected a label's key like app or example.com/team",
};

/// On an entry of `matchExpressions`.
pub(crate) const VALUES: Rule = Rule {
    expression: "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : \
                 !has(self.values) || size(self.values) == 0",
    message: "expected values with the operators In and NotIn, and none with Exists and DoesNotExist",
};

/// What a user's id is, as a pattern of the schema: anything but control characters.
pub(crate) const USER_ID: &str = r"^[^\x00-\x1f\x7f-\x{9f}]+$";

/// What a point in time looks like, as a pattern of the schema. Whether the calendar has it, and whether there is such a
/// zone, no schema can say.
pub(crate) const MOMENT: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[-+][0-9]{2}:[0-9]{2}|\[[A-Za-z][-+A-Za-z0-9_/]*\])$";

/// The same, in words.
pub(crate) const MOMENT_EXPECTED: &str =
    "a time like 2026-12-01T08:00:00Z, or one with a zone like 2026-12-01T08:00[Europe/Berlin]";

/// What a label's value is, as a pattern of the schema.
pub(crate) const LABEL_VALUE: &str = "^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?)?$";

// === impl Rule ===

impl Rule {
    /// As `x-kubernetes-validations` holds it.
    pub(crate) fn to_json(&self) -> Value {
        json!([{ "rule": self.expression, "message": self.message }])
    }
}
