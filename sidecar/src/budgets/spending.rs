//! What one call has set aside of the budgets that are about it.

use std::sync::Arc;

use jiff::Timestamp;
use tollgate_crds::alert::Metric;

use super::book::Budgets;
use super::holder::Admission;
use super::lease::Reservation;
use super::scope::{Budget, Spender};
use super::usual::Amounts;

/// What is set aside, by budget.
#[derive(Debug, Default)]
pub(crate) struct Spending {
    parts: Vec<(Metric, Reservation)>,
}

/// What a call took of budgets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Took {
    pub(crate) amounts: Amounts,
    pub(crate) failed: bool,
}

/// Whether a budget could not be asked, and the call passes without its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unsaid(pub(crate) bool);

/// The budget that lets a call not pass.
#[derive(Clone, Debug)]
pub(crate) struct Spent {
    pub(crate) budget: Arc<Budget>,
    /// When its window ends; none where nobody answered.
    pub(crate) until: Option<Timestamp>,
}

// === impl Spending ===

impl Spending {
    /// Sets aside what such a call usually takes, of each budget that is about it: all must have it.
    pub(crate) async fn reserve(
        budgets: &Budgets,
        all: &[Arc<Budget>],
        spender: &Spender<'_>,
        usual: Amounts,
    ) -> Result<(Self, Unsaid), Spent> {
        let (mut spending, mut unsaid) = (Self::default(), Unsaid(false));
        for budget in all.iter().filter(|budget| budget.sees(spender)) {
            let Some(holder) = budgets.holder(budget, budget.group(spender)) else {
                unsaid = Unsaid(true);
                continue;
            };
            let told = holder.admit(usual.of(budget.metric())).await;
            let until = match told {
                Admission::Passes(reservation) => {
                    spending.parts.push((budget.metric(), reservation));
                    continue;
                }
                Admission::PassesUnsaid(reservation) => {
                    unsaid = Unsaid(true);
                    spending.parts.push((budget.metric(), reservation));
                    continue;
                }
                Admission::Spent { until } => Timestamp::from_second(until).ok(),
                Admission::Unknown => None,
            };
            // It never began: what others had set aside for it goes back.
            spending.settle(Took::default(), true);
            return Err(Spent { budget: Arc::clone(budget), until });
        }
        Ok((spending, unsaid))
    }

    /// Counts on a call that passes although a budget is spent.
    pub(crate) fn overdraw(
        budgets: &Budgets,
        all: &[Arc<Budget>],
        spender: &Spender<'_>,
        usual: Amounts,
    ) -> Self {
        let about = all.iter().filter(|budget| budget.sees(spender));
        let holders = about
            .filter_map(|budget| Some((budget.metric(), budgets.holder(budget, budget.group(spender))?)));
        let parts = holders.map(|(metric, holder)| (metric, holder.overdraw(usual.of(metric)))).collect();
        Self { parts }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// It has taken so much already.
    pub(crate) fn cover(&mut self, amounts: Amounts) {
        for (metric, reservation) in &mut self.parts {
            match metric {
                Metric::Cost => reservation.cover(amounts.cost),
                Metric::Tokens => reservation.cover(amounts.tokens),
                Metric::Calls | Metric::Errors => {}
            }
        }
    }

    /// What it took in the end. `never_was`: it is no call.
    pub(crate) fn settle(self, took: Took, never_was: bool) {
        for (metric, reservation) in self.parts {
            reservation.settle(match metric {
                Metric::Cost => took.amounts.cost,
                Metric::Tokens => took.amounts.tokens,
                Metric::Calls => u64::from(!never_was),
                Metric::Errors => u64::from(took.failed),
            });
        }
    }
}

// === impl Amounts ===

impl Amounts {
    fn of(self, metric: Metric) -> u64 {
        match metric {
            Metric::Cost => self.cost,
            Metric::Tokens => self.tokens,
            Metric::Calls => 1,
            // Most calls fail not.
            Metric::Errors => 0,
        }
    }
}
