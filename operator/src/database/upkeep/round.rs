//! One look at the marks, and the parts whose turn it is.

use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};

use super::{
    super::{
        metrics::{Step, UpkeepMetrics},
        rollup::{self, Grain, Pace, Remade},
    },
    told,
};

/// Then the marks are looked at again: the hour that runs is not to wait for a month that was priced anew.
const ROUND_WORKS: Duration = Duration::from_secs(3);

/// Fails with the connection. A part that fails for itself keeps its marks, is said, and has another turn later.
pub(super) async fn run(
    connection: &mut PgConnection,
    grain: Grain,
    pace: &mut Pace,
    metrics: &UpkeepMetrics,
) -> Result<(), sqlx::Error> {
    let begun = Instant::now();
    let marked = rollup::marked(connection, grain).await?;
    metrics.waiting(grain, marked.len());
    for part in pace.due(marked, begun) {
        let turn = Instant::now();
        if turn.duration_since(begun) > ROUND_WORKS {
            break;
        }
        match rollup::remake(connection, &part).await {
            Ok(Remade::Done { changed }) => {
                tracing::debug!(%part, changed, took = ?turn.elapsed(), "rolled up");
                metrics.remade(grain);
                pace.done(part, turn.elapsed(), Instant::now());
            }
            Ok(Remade::Busy) => pace.busy(part, Instant::now()),
            Err(error) if is_of_the_part(&error) => {
                metrics.failed(Step::Rollup);
                tracing::warn!(
                    "the rollup of the {part} failed, and is tried again in a minute: {}",
                    told(&error)
                );
                pace.failed(part, Instant::now());
                connection.ping().await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The statement failed, not the connection or the server.
fn is_of_the_part(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    // 08: connection; 57P: told to stop; 58: of the system; XX: damage
    code.is_some_and(|code| !["08", "57P", "58", "XX"].iter().any(|class| code.starts_with(class)))
}
