//! The CEL rules and patterns of alerts, each with the message a person gets. `validate::alert` holds the same in Rust.

use serde_json::{Value, json};

use super::rules::Rule;

/// On a UsageAlert as a whole.
pub(crate) const OWN_NAMESPACE: Rule = Rule {
    expression: "!has(self.spec.scope) || !has(self.spec.scope.namespaceSelector)",
    message: "spec.scope.namespaceSelector: a UsageAlert sees its own namespace only; for others write a \
              ClusterUsageAlert",
};

/// On `window`.
pub(crate) const ONE_WINDOW: Rule = Rule {
    expression: "has(self.rolling) != has(self.calendar)",
    message: "expected exactly one of rolling and calendar",
};
pub(crate) const OF_CALENDARS: Rule = Rule {
    expression: "has(self.calendar) || (!has(self.weekStart) && !has(self.timeZone))",
    message: "weekStart and timeZone go with calendar only",
};
pub(crate) const OF_WEEKS: Rule = Rule {
    expression: "!has(self.weekStart) || (has(self.calendar) && self.calendar == 'Week')",
    message: "weekStart goes with calendar: Week only",
};

/// On a duration.
pub(crate) const DURATION: Rule = Rule {
    expression: "self.matches('^([0-9]{1,6}[mhd])+$') && self.matches('[1-9]')",
    message: "expected whole minutes or hours such as 10m, 1h or 1h30m",
};

/// On an amount.
pub(crate) const AMOUNT: Rule = Rule {
    expression: "self.matches('^[0-9]{1,18}([.][0-9]{1,12})?$') && self.matches('[1-9]')",
    message: "expected more than 0, a number such as 50 or 0.25",
};

/// On `above`.
pub(crate) const ABOVE: Rule = Rule {
    expression: "self.matches('^([0-9]{1,18}([.][0-9]{1,12})?|[0-9]{1,5}([.][0-9]{1,4})?%)$') && self.matches('[1-9]')",
    message: "expected more than 0, a number such as 50 or 0.25, or a part of the limit such as 80%",
};

/// On `anomaly.factor`.
pub(crate) const FACTOR: Rule = Rule {
    expression: "self.matches('^0*[1-9][0-9]{0,5}([.][0-9]{1,12})?$')",
    message: "expected at least 1, a number such as 3 or 2.5",
};

/// On a threshold.
pub(crate) const ONE_THRESHOLD: Rule = Rule {
    expression: "has(self.above) != has(self.anomaly)",
    message: "expected exactly one of above and anomaly",
};
pub(crate) const PROJECTED: Rule = Rule {
    expression: "!has(self.projected) || !self.projected || has(self.above)",
    message: "projected goes with above only; an anomaly is of what was",
};

/// On the spec.
pub(crate) const SOME_METRIC: Rule = Rule {
    expression: "has(self.limit) || self.thresholds.all(t, has(t.metric))",
    message: "thresholds: expected a metric (Cost, Tokens, Calls or Errors) in each, as there is no limit to take it from",
};
pub(crate) const PART_OF_LIMIT: Rule = Rule {
    expression: "self.thresholds.all(t, !has(t.above) || !t.above.endsWith('%') || \
                 (has(self.limit) && (!has(t.metric) || t.metric == self.limit.metric)))",
    message: "thresholds: a percentage is a part of spec.limit, which is absent or has another metric: write an amount",
};

/// On a receiver.
pub(crate) const ONE_RECEIVER: Rule = Rule {
    expression: "(has(self.email) ? 1 : 0) + (has(self.slack) ? 1 : 0) + (has(self.teams) ? 1 : 0) + \
                 (has(self.webhook) ? 1 : 0) + (has(self.pagerDuty) ? 1 : 0) + (has(self.alertmanager) ? 1 : 0) + \
                 (has(self.kubernetesEvent) ? 1 : 0) == 1",
    message: "expected exactly one of email, slack, teams, webhook, pagerDuty, alertmanager, kubernetesEvent",
};

pub(crate) const FEATURE_GLOB: &str = "^[-a-z0-9.*]+$";
pub(crate) const MODEL_GLOB: &str = "^[-A-Za-z0-9._:/@+~=,*]+$";
/// Whether there is such a zone, no schema can say.
pub(crate) const TIME_ZONE: &str = "^[A-Za-z][-+A-Za-z0-9_/]*$";
pub(crate) const SECRET_KEY: &str = "^[-._A-Za-z0-9]+$";
/// No display names, no quoting: an address.
pub(crate) const MAIL: &str = "^[-!#$%&'*+/=?^_`{|}~.A-Za-z0-9]+@[-.A-Za-z0-9]+$";
pub(crate) const SERVER: &str = r"^([-._A-Za-z0-9]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}$";
pub(crate) const URL: &str = r"^https?://[-._A-Za-z0-9\[\]:]+(/[!-~]*)?$";

pub(crate) fn alert_rules() -> Value {
    all(&[SOME_METRIC, PART_OF_LIMIT])
}

pub(crate) fn window_rules() -> Value {
    all(&[ONE_WINDOW, OF_CALENDARS, OF_WEEKS])
}

pub(crate) fn threshold_rules() -> Value {
    all(&[ONE_THRESHOLD, PROJECTED])
}

fn all(rules: &[Rule]) -> Value {
    rules.iter().map(|rule| json!({ "rule": rule.expression, "message": rule.message })).collect()
}
