//! The judge's door: one call of `tollgate_budget_grant_v1` for any number of budgets and holders.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use tollgate_crds::grant::{Ask, BudgetKey, Grant};

/// What holds for a budget's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Unix time in seconds.
    pub window_end: i64,
    pub limit: u64,
    /// Of the alert that says so: the judge keeps to the newest.
    pub generation: i64,
    /// What the ledger knows of the window, looked up before the first lease. Counts only once, when the window's row is made.
    pub spent_before: u64,
}

/// One holder's ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub key: BudgetKey,
    pub terms: Terms,
    /// The holder: pod uid and start.
    pub epoch: String,
    pub ask: Ask,
}

/// The judge did not answer.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error("the database does not answer for budgets; look at its connection and at `tollgate migrate`")]
    Database(#[from] sqlx::Error),
    #[error(
        "the answer of tollgate_budget_grant_v1 cannot be read: this operator is older or newer than the database"
    )]
    Answer(#[from] serde_json::Error),
}

#[derive(Serialize)]
struct Shared<'a> {
    #[serde(flatten)]
    key: &'a BudgetKey,
    #[serde(flatten)]
    terms: Terms,
    asks: Vec<Holder<'a>>,
}

#[derive(Serialize)]
struct Holder<'a> {
    epoch: &'a str,
    #[serde(flatten)]
    ask: Ask,
}

#[derive(Deserialize)]
struct Answered {
    #[serde(flatten)]
    key: BudgetKey,
    epoch: String,
    #[serde(flatten)]
    grant: Grant,
}

/// Grants by budget and holder; who is not in it was not heard.
pub async fn judge(
    pool: &PgPool,
    asked: &[Asked],
) -> Result<HashMap<(BudgetKey, String), Grant>, JudgeError> {
    let mut budgets: HashMap<&BudgetKey, Shared<'_>> = HashMap::new();
    for one in asked {
        let shared = budgets.entry(&one.key).or_insert_with(|| Shared {
            key: &one.key,
            terms: one.terms,
            asks: Vec::new(),
        });
        if one.terms.generation > shared.terms.generation {
            shared.terms = one.terms;
        }
        shared.asks.push(Holder { epoch: &one.epoch, ask: one.ask });
    }
    let batch = serde_json::to_string(&budgets.into_values().collect::<Vec<_>>())?;
    let answer: String = sqlx::query_scalar("select public.tollgate_budget_grant_v1($1::jsonb)::text")
        .bind(batch)
        .fetch_one(pool)
        .await?;
    let answers: Vec<Answered> = serde_json::from_str(&answer)?;
    Ok(answers.into_iter().map(|one| ((one.key, one.epoch), one.grant)).collect())
}
