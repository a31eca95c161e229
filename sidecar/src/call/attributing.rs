//! Who calls and whether it may pass: asked of the head, and again with what the body says.

use http::HeaderMap;
use tollgate_meter::RequestReader;

use super::Call;
use crate::attribute::{self, Attribution, User, Via};
use crate::gate::{self, Decision, Note, Verdict};
use crate::intercept::Target;
use crate::metrics::FailOpen;
use crate::state::{CallFacts, Caller, CallingUser, Fingerprint, Model};

/// What a call is attributed by again when its model is known.
pub(super) struct Unsettled {
    pub(super) headers: HeaderMap,
    pub(super) path: Box<str>,
    pub(super) path_feature: Option<Box<str>>,
}

// === impl Call ===

impl Call {
    /// Whether a rule that could refuse lacks what the body says.
    pub(crate) fn needs_body(&self) -> bool {
        gate::needs_body(&self.attribution, self.endpoint.can_cost())
    }

    /// Whether enough of the body was read for the rules that lack it.
    pub(crate) fn knows_enough(&self) -> impl Fn(&RequestReader) -> bool + use<> {
        let whole = self.attribution.by_fingerprint;
        move |reader| !whole && reader.knows_models()
    }

    /// The body was read as far as it may be held: attribute again with what it said. `ended`: it was read whole.
    pub(crate) fn attribute_by_body(&mut self, target: &Target<'_>, headers: &HeaderMap, ended: bool) {
        if ended {
            self.take_fingerprint();
        }
        self.attribution = self.attributed(headers, target.feature, &target.plain_path());
    }

    pub(super) fn attributed(
        &self,
        headers: &HeaderMap,
        path_feature: Option<&str>,
        path: &str,
    ) -> Attribution {
        let mut side = self.side.borrow_mut();
        let reader = side.reader();
        let facts = reader.facts();
        let model = match &facts.model {
            Some(model) => Model::Named(model),
            // A session's messages say it, and none was sent yet.
            None if reader.is_unreadable() || self.endpoint.is_session() => Model::Unread,
            None if reader.is_settled() || facts.bytes == 0 => Model::None,
            None => Model::Unread,
        };
        let shared = &self.worker.shared;
        let fingerprint = match &self.fingerprint {
            Some(id) => Fingerprint::Of(id),
            None if self.awaits_sketch => Fingerprint::Unread,
            None => Fingerprint::None,
        };
        let container = shared.container();
        let others = reader.other_models();
        let facts = CallFacts { provider: self.provider, path, container, model, others, fingerprint };
        attribute::attribute(
            headers,
            path_feature,
            &facts,
            &shared.flags.load(),
            shared.attribution.reads_baggage(),
        )
    }

    /// The body was read whole: which group the call is of. One of none is told, if nobody names its feature.
    pub(super) fn take_fingerprint(&mut self) {
        if !std::mem::take(&mut self.awaits_sketch) {
            return;
        }
        let known = &self.worker.shared.fingerprints;
        let Some(sketch) = self.side.borrow_mut().take_sketch(&known.key()) else { return };
        self.fingerprint = known.recognise(&sketch);
        if self.fingerprint.is_none() && self.attribution.via == Via::Unattributed {
            known.add_unknown(sketch);
        }
    }

    /// Whether a flag asks for the user, and the head names none.
    pub(crate) fn needs_user(&self, headers: &HeaderMap) -> bool {
        gate::needs_user(&self.attribution, self.endpoint.can_cost())
            && !matches!(self.user_in_head(headers), User::Named(_))
    }

    fn user_in_head<'h>(&self, headers: &'h HeaderMap) -> User<'h> {
        attribute::user(headers, self.worker.shared.attribution.reads_baggage())
    }

    pub(crate) fn verdict(&mut self, headers: &HeaderMap) -> Verdict {
        let Decision { verdict, would_refuse } = self.decision(headers);
        self.would_refuse = would_refuse.map(Box::new);
        if let Verdict::Pass(note) = verdict {
            self.note = note;
            let metrics = &self.worker.shared.metrics;
            match note {
                Note::Plain
                | Note::BudgetUnknown
                | Note::Responded
                | Note::Substituted
                | Note::Cut
                | Note::Drained => {}
                Note::StateUnknown => metrics.failed_open(FailOpen::StateUnknown),
                Note::Undetermined => metrics.failed_open(FailOpen::ModelUndetermined),
                Note::UserUndetermined => metrics.failed_open(FailOpen::UserUndetermined),
            }
        }
        verdict
    }

    fn decision(&self, headers: &HeaderMap) -> Decision {
        let flags = self.worker.shared.flags.load();
        let can_cost = self.endpoint.can_cost();
        let decide = |user| {
            let caller = Caller { user, call: self.id.as_bytes() };
            gate::decide(&self.attribution, &flags, can_cost, &caller, self.at)
        };
        if !gate::needs_user(&self.attribution, can_cost) {
            return decide(CallingUser::Unread);
        }
        if let User::Named(user) = self.user_in_head(headers) {
            return decide(CallingUser::Named(&user));
        }
        let mut side = self.side.borrow_mut();
        let reader = side.reader();
        let facts = reader.facts();
        decide(match &facts.user {
            _ if reader.is_unreadable() => CallingUser::Unread,
            Some(user) if reader.is_settled() => CallingUser::Named(user),
            None if reader.is_settled() || facts.bytes == 0 => CallingUser::None,
            Some(_) | None => CallingUser::Unread,
        })
    }
}

// === impl Unsettled ===

impl Unsettled {
    pub(super) fn of(target: &Target<'_>, headers: &HeaderMap) -> Self {
        Self {
            headers: headers.clone(),
            path: (&*target.plain_path()).into(),
            path_feature: target.feature.map(Into::into),
        }
    }
}
