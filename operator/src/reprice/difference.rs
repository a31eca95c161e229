//! What pricing anew makes of sums.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tollgate_meter::Cost;

use super::rows::Row;

/// All that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By provider and model.
    pub models: BTreeMap<(String, String), Difference>,
    /// Rows that stay as they are, by why.
    pub left: BTreeMap<Left, u64>,
    pub written: u64,
    /// Rows that somebody else changed between reading and writing: another run sees to them.
    pub changed_meanwhile: u64,
}

/// Of one model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub rows: u64,
    /// Of them, those whose cost is another.
    pub changed: u64,
    /// Of these, those that had no cost.
    pub unpriced: u64,
    pub old: Cost,
    pub new: Cost,
}

/// Why a row is not priced anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// The provider said the cost itself.
    ProvidersWord,
    /// A sum of calls: what each of them used is not known any more.
    Merged,
    /// Of a release whose rows did not say how a call was served: standard prices would be a guess.
    ServedUnknown,
    /// The book has no price: it keeps what it has.
    Unpriced(&'static str),
    /// Not of a form that this release knows.
    Unreadable,
}

// === impl Summary ===

impl Summary {
    pub(super) fn add(&mut self, row: &Row, cost: Cost) {
        let provider = row.provider.map_or("", |provider| provider.name()).to_owned();
        let model = row.model.clone().unwrap_or_default();
        let of_model = self.models.entry((provider, model)).or_default();
        of_model.rows += 1;
        of_model.changed += u64::from(row.cost != Some(cost));
        of_model.unpriced += u64::from(row.cost.is_none());
        of_model.old = of_model.old + row.cost.unwrap_or_default();
        of_model.new = of_model.new + cost;
    }

    pub(super) fn leave(&mut self, why: Left) {
        *self.left.entry(why).or_default() += 1;
    }

    pub fn total(&self) -> Difference {
        self.models.values().fold(Difference::default(), |sum, one| Difference {
            rows: sum.rows + one.rows,
            changed: sum.changed + one.changed,
            unpriced: sum.unpriced + one.unpriced,
            old: sum.old + one.old,
            new: sum.new + one.new,
        })
    }

    pub fn to_json(&self) -> Value {
        let models: Vec<Value> = self
            .models
            .iter()
            .map(|((provider, model), difference)| {
                let mut line = difference.to_json();
                line["provider"] = json!(provider);
                line["model"] = json!(model);
                line
            })
            .collect();
        let mut left = serde_json::Map::new();
        for (why, rows) in &self.left {
            left.insert(why.name().to_owned(), json!(rows));
        }
        json!({
            "models": models, "total": self.total().to_json(), "left": left,
            "written": self.written, "changed_meanwhile": self.changed_meanwhile,
        })
    }
}

// === impl Difference ===

impl Difference {
    /// What is added, with its sign.
    pub fn shown(&self) -> String {
        match self.new.picos().checked_sub(self.old.picos()) {
            Some(more) => format!("+{}", Cost::from_picos(more)),
            None => format!("-{}", Cost::from_picos(self.old.picos() - self.new.picos())),
        }
    }

    fn to_json(&self) -> Value {
        let Self { rows, changed, unpriced, old, new } = self;
        json!({
            "rows": rows, "changed": changed, "unpriced": unpriced,
            "old_usd": old.to_string(), "new_usd": new.to_string(), "difference_usd": self.shown(),
        })
    }
}

// === impl Left ===

impl Left {
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProvidersWord => "provider_said_the_cost",
            Self::Merged => "sum_of_calls",
            Self::ServedUnknown => "served_unknown",
            Self::Unpriced(why) => why,
            Self::Unreadable => "unreadable",
        }
    }

    /// For people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ProvidersWord => "the provider said the cost itself",
            Self::Merged => "each is the sum of many calls",
            Self::ServedUnknown => {
                "they are of a release that did not record how a call was served; by flex, by batch or in a region it had other prices"
            }
            Self::Unpriced("unknown_model") => "their model is not in this price book",
            Self::Unpriced("not_yet_priced") => "this price book knows their model only from a later time on",
            Self::Unpriced("unknown_service") => {
                "this price book has no prices of the service that they were served by"
            }
            Self::Unpriced("unknown_unit") => "they used a unit that this price book has no price for",
            Self::Unpriced(why) => why,
            Self::Unreadable => "their usage is not of a form that this release knows",
        }
    }
}
