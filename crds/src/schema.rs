//! What the types' own shapes do not say of the kinds' fields: rules and schemas.

mod alerts;
mod rules;

use schemars::{Schema, SchemaGenerator, json_schema};

pub(crate) use alerts::{
    ABOVE, AMOUNT, DURATION, FACTOR, FEATURE_GLOB, MAIL, MODEL_GLOB, OF_CALENDARS, OF_WEEKS, ONE_RECEIVER,
    ONE_THRESHOLD, ONE_WINDOW, OWN_NAMESPACE, PROJECTED, SECRET_KEY, SERVER, TIME_ZONE, URL, alert_rules,
    threshold_rules, window_rules,
};
pub(crate) use rules::{
    CONTAINER, FEATURE_NAME, FINGERPRINTS, HEADER_NAME, LABEL_KEY, LABEL_VALUE, MODEL, MODELS, MOMENT,
    MOMENT_EXPECTED, PATH, Rule, SAME_FEATURE, SOME_CONDITION, SOME_TIME, SOME_USERS, STATUS, SUBSTITUTE,
    USER_ID, VALUES,
};

/// `matchLabels`: a map in which values are what Kubernetes allows as a label's.
pub(crate) fn labels(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "maxProperties": 16,
        "additionalProperties": { "type": "string", "maxLength": 63, "pattern": LABEL_VALUE },
    })
}

/// A time of a status.
pub(crate) fn time(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date-time" })
}

/// `status.conditions`: one of each type.
pub(crate) fn conditions(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "maxItems": 8,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["type"],
        "items": {
            "type": "object",
            "required": ["type", "status", "lastTransitionTime", "reason", "message"],
            "properties": {
                "type": { "type": "string", "minLength": 1, "maxLength": 316 },
                "status": { "type": "string", "enum": ["True", "False", "Unknown"] },
                "observedGeneration": { "type": "integer", "format": "int64" },
                "lastTransitionTime": { "type": "string", "format": "date-time" },
                "reason": { "type": "string", "minLength": 1, "maxLength": 1024 },
                "message": { "type": "string", "maxLength": 32768 },
            },
        },
    })
}
