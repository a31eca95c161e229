//! A call whose end nobody saw: what is known of it, and the row that is made of that, with an estimate of what had
//! gone up and come down by then. Should the true row still come, the ledger lets it replace this one.

use tollgate_meter::{
    AnswerFacts, Bill, Call, Endpoint, Outcome, PriceBook, Provider, Ratio, RequestFacts, TextMeasure, settle,
};

use crate::{
    call_id::CallId,
    record::{Metadata, Record},
    spool::Progress,
};

/// What was known of a call while it was open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostCall {
    pub id: CallId,
    pub provider: Provider,
    pub host: String,
    pub endpoint: String,
    pub feature: String,
    pub user_id: Option<String>,
    pub account: Option<String>,
    pub model: Option<String>,
    pub streamed: bool,
    pub prompt: TextMeasure,
    /// What completed calls of its model had shown when it began.
    pub ratio: Ratio,
    pub progress: Progress,
}

/// Whose call it was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    pub cluster: Option<&'a str>,
    pub namespace: Option<&'a str>,
    pub workload: Option<&'a str>,
    pub pod: Option<&'a str>,
    pub container: Option<&'a str>,
}

// === impl LostCall ===

impl LostCall {
    /// What it is billed with, for all that is known.
    pub fn bill(&self, prices: &PriceBook) -> Bill {
        let request = RequestFacts {
            model: self.model.as_deref().map(Into::into),
            stream: self.streamed,
            prompt: self.prompt,
            ..RequestFacts::default()
        };
        let answer = AnswerFacts {
            streamed: self.streamed,
            delivered: self.progress.delivered,
            ..AnswerFacts::default()
        };
        let call = Call {
            provider: self.provider,
            host: &self.host,
            endpoint: Endpoint::of(self.provider, "POST", &self.endpoint),
            reads: None,
            at: self.id.created_at(),
            request: Some(&request),
            request_sent: true,
            ratio: self.ratio,
            answer: self.progress.status.is_some().then_some(&answer),
            status: self.progress.status,
            outcome: Outcome::Lost,
        };
        settle(&call, prices)
    }

    /// Its row, with the bill of [`LostCall::bill`]; `unpriced` is why there is no cost.
    pub fn record<'a>(&'a self, of: Origin<'a>, bill: &'a Bill, unpriced: Option<&'a str>) -> Record<'a> {
        let Self {
            id,
            provider,
            host,
            endpoint,
            feature,
            user_id,
            account,
            model,
            streamed,
            prompt: _,
            ratio: _,
            progress,
        } = self;
        let Origin { cluster, namespace, workload, pod, container } = of;
        Record {
            id: *id,
            cluster,
            namespace,
            workload,
            pod,
            container,
            feature,
            user_id: user_id.as_deref(),
            provider: *provider,
            host,
            model: model.as_deref().map(|model| provider.listed_model(model)),
            endpoint,
            outcome: Outcome::Lost,
            status: progress.status,
            streamed: *streamed,
            tokens: bill.tokens,
            cost: bill.cost,
            usage_source: bill.usage_source,
            account: account.as_deref(),
            metadata: Metadata {
                price: bill.price_version.as_deref(),
                served: bill.served.as_deref(),
                unpriced,
                model_requested: model.as_deref(),
                estimate: bill.estimate,
                ..Metadata::of(&bill.usage)
            },
        }
    }
}
