//! What a call takes of the budgets that are about it: set aside before it goes up, covered as its stream grows, settled with its bill.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use tollgate_crds::RefusalStatus;
use tollgate_meter::{AnswerReader, Bill, Outcome, settle};

use super::{Call, as_kept};
use crate::budgets::{Amounts, Budget, Spender, Spending, Spent, Took, Unsaid};
use crate::gate::{Note, Refusal};
use crate::metrics::FailOpen;
use crate::state::{Instead, Off, default_message};

/// A stream's cost is looked at each time that so much text has come: what it costs is an estimate until its end anyway.
const LOOK_EACH: u64 = 4 << 10;

/// A call's hand on budgets.
pub(super) struct OfBudgets {
    spending: Spending,
    /// Delivered bytes, as the cost was last looked at.
    looked: u64,
    /// What the answers took that have rows of their own.
    rows: Amounts,
}

// === impl Call ===

impl Call {
    /// The budgets that may be about it; most have none, and this is all that they pay for those of others.
    pub(crate) fn budgets(&self) -> Option<Arc<[Arc<Budget>]>> {
        if !self.endpoint.can_cost() {
            return None;
        }
        let flags = self.worker.shared.flags.load();
        let all = flags.budgets();
        let is_about = |budget: &Arc<Budget>| budget.may_see(&self.attribution.feature.name, self.provider);
        all.iter().any(is_about).then(|| Arc::clone(all))
    }

    /// Sets aside what such a call usually takes. Where a budget is spent: how the call is refused.
    pub(crate) async fn reserve(&mut self, budgets: &[Arc<Budget>]) -> Result<(), Refusal> {
        let user = self.spending_user();
        let model = self.asked_model();
        let worker = Rc::clone(&self.worker);
        let spender = self.spender(user.as_deref(), model.as_deref());
        let usual = self.usual(model.as_deref());
        match Spending::reserve(&worker.shared.budgets, budgets, &spender, usual).await {
            Ok((spending, Unsaid(unsaid))) => {
                if unsaid {
                    worker.shared.metrics.failed_open(FailOpen::BudgetUnknown);
                    if self.note == Note::Plain {
                        self.note = Note::BudgetUnknown;
                    }
                }
                self.keep(spending);
                Ok(())
            }
            Err(spent) => {
                let refusal = Refusal {
                    feature: Arc::clone(&self.attribution.feature.name),
                    off: Arc::new(self.off(&spent)),
                };
                self.spent_by = Some(spent.budget);
                Err(refusal)
            }
        }
    }

    /// It passes although a budget is spent, for it goes to a cheaper model: what it costs counts all the same.
    pub(crate) fn overdraw(&mut self, budgets: &[Arc<Budget>]) {
        let user = self.spending_user();
        let model = self.asked_model();
        let spender = self.spender(user.as_deref(), model.as_deref());
        let usual = self.usual(model.as_deref());
        let spending = Spending::overdraw(&self.worker.shared.budgets, budgets, &spender, usual);
        self.keep(spending);
    }

    fn keep(&mut self, spending: Spending) {
        if !spending.is_empty() {
            let none = Amounts::default();
            self.of_budgets = Some(Box::new(RefCell::new(OfBudgets { spending, looked: 0, rows: none })));
        }
    }

    fn spender<'a>(&'a self, user: Option<&'a str>, model: Option<&'a str>) -> Spender<'a> {
        Spender {
            namespace: self.worker.shared.identity.namespace.as_deref(),
            feature: &self.attribution.feature.name,
            user,
            provider: self.provider,
            model,
        }
    }

    fn spending_user(&self) -> Option<String> {
        if let Some(user) = &self.user {
            return Some(user.to_string());
        }
        let mut side = self.side.borrow_mut();
        let user = side.reader().facts().user.as_deref()?;
        Some(as_kept(&self.worker, Cow::Borrowed(user)).into_owned())
    }

    fn asked_model(&self) -> Option<Box<str>> {
        self.side.borrow_mut().reader().facts().model.clone()
    }

    /// What such calls took so far; of the first, what its prompt alone will cost, twice.
    fn usual(&self, model: Option<&str>) -> Amounts {
        let feature = &self.attribution.feature.name;
        if let Some(usual) = self.worker.shared.budgets.usual(feature, model.unwrap_or_default()) {
            return usual;
        }
        let mut side = self.side.borrow_mut();
        let request = side.reader().facts();
        let call = self.as_metered(request, true, None, Outcome::Lost);
        let amounts = of(&settle(&call, &self.worker.shared.prices()));
        Amounts { cost: amounts.cost.saturating_mul(2), tokens: amounts.tokens.saturating_mul(2) }
    }

    /// A stream has grown: what is set aside for it grows, too.
    pub(super) fn cover(&self) {
        let Some(of_budgets) = &self.of_budgets else { return };
        let Some(facts) = self.read_so_far().map(AnswerReader::facts) else {
            return;
        };
        let delivered: u64 = facts.delivered.counts().iter().sum();
        let mut of_budgets = of_budgets.borrow_mut();
        if delivered < of_budgets.looked + LOOK_EACH {
            return;
        }
        of_budgets.looked = delivered;
        let mut side = self.side.borrow_mut();
        let call = self.as_metered(side.reader().facts(), true, Some(facts), Outcome::ClientClosed);
        let so_far = of(&settle(&call, &self.worker.shared.prices()));
        let amounts = of_budgets.rows.plus(so_far);
        of_budgets.spending.cover(amounts);
    }

    /// An answer of the call has a row of its own.
    pub(super) fn took_a_row(&self, bill: &Bill) {
        if let Some(of_budgets) = &self.of_budgets {
            let mut of_budgets = of_budgets.borrow_mut();
            of_budgets.rows = of_budgets.rows.plus(of(bill));
            let rows = of_budgets.rows;
            of_budgets.spending.cover(rows);
        }
    }

    /// It has ended.
    pub(super) fn settle_budgets(&mut self, outcome: Outcome, bill: &Bill) {
        let Some(of_budgets) = self.of_budgets.take() else { return };
        let OfBudgets { spending, looked: _, rows } = of_budgets.into_inner();
        let amounts = rows.plus(of(bill));
        let failed = matches!(
            outcome,
            Outcome::ProviderError | Outcome::ProviderClosed | Outcome::Unreachable | Outcome::Lost
        );
        spending.settle(Took { amounts, failed }, false);
        // What costs nothing itself is not what such calls usually take.
        if outcome == Outcome::Completed && self.endpoint.costs_itself() {
            let model = self.asked_model();
            let feature = &self.attribution.feature.name;
            self.worker.shared.budgets.learn(feature, model.as_deref().unwrap_or_default(), amounts);
        }
    }

    /// As the feature's flag would refuse it, and which budget it is.
    fn off(&self, spent: &Spent) -> Off {
        let Spent { budget, until } = spent;
        let why = match until {
            Some(until) if budget.stops() => {
                format!("The alert {} has stopped it, until {until} at least.", budget.alert())
            }
            Some(until) => format!("The budget {} is spent until {until}.", budget.alert()),
            None => format!("Nobody can say at the moment whether the budget {} is spent.", budget.alert()),
        };
        let flags = self.worker.shared.flags.load();
        let feature = flags.feature(&self.attribution.feature.name);
        let Some(off) = feature.when_disabled() else {
            return Off {
                flag: budget.alert().into(),
                status: RefusalStatus::default(),
                message: format!("{} {why}", default_message(&feature.name)).into(),
                instead: Instead::Nothing,
                cuts: false,
            };
        };
        let Off { flag: _, status, message, instead, cuts } = &**off;
        Off {
            flag: budget.alert().into(),
            status: *status,
            message: format!("{message} {why}").into(),
            instead: instead.clone(),
            cuts: *cuts,
        }
    }
}

/// What a bill takes of budgets. Without a price there is no cost to count.
fn of(bill: &Bill) -> Amounts {
    Amounts {
        cost: bill.cost.map_or(0, |cost| u64::try_from(cost.picos()).unwrap_or(u64::MAX)),
        tokens: bill.tokens.input.saturating_add(bill.tokens.output),
    }
}
