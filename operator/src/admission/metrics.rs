//! What was asked, and what was answered.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use super::inject::{NotInjected, Remark};

/// Counters of admission. Every label is of a closed set.
#[derive(Clone, Debug, Default)]
pub(super) struct AdmissionMetrics {
    answers: Family<AnswerLabels, Counter>,
    not_injected: Family<ReasonLabels, Counter>,
    remarks: Family<ReasonLabels, Counter>,
    events_lost: Counter,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Pod,
    FlagWritten,
    FlagJudged,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Yes, as it came.
    Unchanged,
    /// Yes, with a patch.
    Changed,
    Refused,
    /// Yes, as it came, because something went wrong here.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AnswerLabels {
    question: &'static str,
    answer: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    reason: &'static str,
}

// === impl AdmissionMetrics ===

impl AdmissionMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        let Self { answers, not_injected, remarks, events_lost } = metrics.clone();
        registry.register(
            "tollgate_operator_admission_answers",
            "Answers to the apiserver; failed: let through as it came, because something went wrong",
            answers,
        );
        registry.register(
            "tollgate_pods_not_injected",
            "Pods of labelled namespaces that were made without a sidecar, by why",
            not_injected,
        );
        registry.register(
            "tollgate_injection_remarks",
            "What is not as the owners of injected pods may think: containers that are not captured, annotations that do not hold",
            remarks,
        );
        registry.register(
            "tollgate_operator_admission_events_lost",
            "Kubernetes Events about pods that could not be written",
            events_lost,
        );
        metrics
    }

    pub(super) fn answered(&self, question: Question, answer: Answer) {
        let question = match question {
            Question::Pod => "pod",
            Question::FlagWritten => "flag_written",
            Question::FlagJudged => "flag_judged",
        };
        let answer = match answer {
            Answer::Unchanged => "unchanged",
            Answer::Changed => "changed",
            Answer::Refused => "refused",
            Answer::Failed => "failed",
        };
        self.answers.get_or_create(&AnswerLabels { question, answer }).inc();
    }

    pub(super) fn not_injected(&self, why: &NotInjected) {
        self.not_injected.get_or_create(&ReasonLabels { reason: why.reason() }).inc();
    }

    pub(super) fn remarked(&self, remark: &Remark) {
        self.remarks.get_or_create(&ReasonLabels { reason: remark.reason() }).inc();
    }

    pub(super) fn event_lost(&self) {
        self.events_lost.inc();
    }
}
