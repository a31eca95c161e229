//! History priced anew, after a correction of prices: each row by what it used, when, and how it was served.
//!
//! Rows are read in batches by their key and priced by the meter. What differs is shown; where it is to be written, a batch is one
//! statement that also marks its hours, so that the rollups follow by the one path that all changes take. A row that a
//! sidecar replaced meanwhile is left as it is now. What was written has its new cost, so a run that was cut off goes on
//! where it was when it is started again.
//!
//! - [`rows`]: reading and writing; [`difference`]: the sums

mod difference;
mod rows;

use jiff::Timestamp;
use sqlx::PgConnection;
use tollgate_meter::{Cost, PriceBook, Recorded};

pub use self::difference::{Difference, Left, Summary};
use self::rows::{Page, Row};

/// Which rows.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub since: Timestamp,
    /// Not including it.
    pub until: Timestamp,
    pub feature: Option<String>,
}

/// A row's next cost.
struct Next<'a> {
    row: &'a Row,
    cost: Cost,
}

/// Rows a statement: a fraction of a second, so that no sidecar's write waits for longer.
const BATCH: usize = 1_000;

/// Compares all wanted rows with what they cost by this book; writes the new costs where `apply` says so.
pub async fn run(
    connection: &mut PgConnection,
    wanted: &Wanted,
    book: &PriceBook,
    apply: bool,
) -> Result<Summary, sqlx::Error> {
    let mut summary = Summary::default();
    let mut page = Page::first(wanted);
    loop {
        let rows = rows::read(connection, wanted, &page, BATCH).await?;
        let mut next = Vec::new();
        for row in &rows {
            match price(row, book) {
                Err(left) => summary.leave(left),
                Ok(cost) => {
                    summary.add(row, cost);
                    if row.cost != Some(cost) {
                        next.push(Next { row, cost });
                    }
                }
            }
        }
        if apply && !next.is_empty() {
            let written = rows::write(connection, &next, book.version()).await?;
            summary.written += written;
            summary.changed_meanwhile += (next.len() as u64).saturating_sub(written);
        }
        match rows.last() {
            Some(last) if rows.len() == BATCH => page = Page::after(last),
            _ => return Ok(summary),
        }
    }
}

/// What the row costs by this book, or why it stays as it is.
fn price(row: &Row, book: &PriceBook) -> Result<Cost, Left> {
    if row.price.as_deref() == Some("provider") {
        return Err(Left::ProvidersWord);
    }
    if row.merged {
        return Err(Left::Merged);
    }
    if row.is_of_before_served() {
        return Err(Left::ServedUnknown);
    }
    let (provider, usage) = row.provider.zip(row.usage.as_ref()).ok_or(Left::Unreadable)?;
    let model = row.model.as_deref().ok_or(Left::Unpriced("no_model"))?;
    let recorded = Recorded { provider, model, at: row.at, served: row.served.as_deref(), usage };
    book.reprice(&recorded).map_err(|why| Left::Unpriced(why.name()))
}
