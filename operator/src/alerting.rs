//! Alerts in a cluster: the ledger's minutes through the engine, what came of it into the database, and from there to whoever is
//! to be told. By the leader alone.
//!
//! - [`minutes`]: the ledger, a row a minute and kind of call; [`recent`]: its last hours, and what of them came late; [`hours`]: its past
//! - [`rounds`]: each minute, which thresholds hold for whom; [`seed`]: what an alert must know before; [`watched`]: one of them, whose
//!   news become events
//! - [`retained`]: windows that are longer than calls are kept
//! - [`events`]: what was said, in Postgres: once, whoever leads
//! - [`causes`]: who made it so; [`message`]: the words
//! - [`delivery`]: events to receivers, again and again until they have them; [`receivers`]: each kind's own form
//! - [`reach`]: which addresses a receiver may have; [`post`]: HTTP to those
//! - [`figures`]: what is shown of its groups; [`status`]: how each alert stands; [`trial`]: `tollgate alert test`
//!
//! A threshold that holds and was not said to is said; one that was said to and does not is said to be over. So nothing is
//! lost between two leaders, and nothing said twice: an event is a row that can be there only once, and a delivery is
//! claimed before it is tried.

pub mod causes;
pub mod delivery;
pub mod events;
mod figures;
mod hours;
pub mod message;
pub mod minutes;
pub mod post;
pub mod reach;
pub mod receivers;
mod recent;
mod retained;
pub mod rounds;
mod seed;
mod status;
mod trial;
mod watched;

use std::{error::Error, time::Duration};

use jiff::Timestamp;
use sqlx::PgPool;
use tokio::time::sleep;

pub use retained::too_long;
pub use trial::{TEST, TESTED};

use crate::context::{Context, Tasks};

use self::{delivery::Delivery, rounds::Rounds, status::Writer, trial::Trials};

/// Between two looks at what is due.
const LOOK: Duration = Duration::from_secs(1);

/// Starts the work, which is done only while this replica leads, and not without a database.
pub fn spawn(context: &Context, tasks: &mut Tasks) {
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| lead(context.clone())).await;
        "the alerts"
    });
}

async fn lead(context: Context) {
    let Some(database) = context.database.clone() else {
        return status::say_no_ledger(&context).await;
    };
    let trials = Trials::default();
    // A receiver that hangs holds up no minute.
    tokio::select! {
        () = evaluate(&context, database.pool(), &trials) => {}
        () = deliver(&context, database.pool(), &trials) => {}
    }
}

async fn evaluate(context: &Context, pool: &PgPool, trials: &Trials) {
    let mut rounds = Rounds::new(&context.settings.cluster, context.settings.retention);
    let mut writer = Writer::default();
    let mut failing = false;
    loop {
        let round = rounds.round(pool, &context.index, Timestamp::now()).await;
        if let (Err(error), false) = (&round, failing) {
            tracing::warn!(
                error = error as &dyn Error,
                "alerts cannot be evaluated; what they miss is made up for"
            );
        }
        failing = round.is_err();
        writer.round(context, pool, &rounds, round.err(), trials).await;
        sleep(LOOK).await;
    }
}

async fn deliver(context: &Context, pool: &PgPool, trials: &Trials) {
    let mut delivery = Delivery::new(context);
    let mut failing = false;
    loop {
        let round = delivery.round(pool, &context.index).await;
        if let (Err(error), false) = (&round, failing) {
            tracing::warn!(error = error as &dyn Error, "who is to be told of alerts cannot be looked up");
        }
        failing = round.is_err();
        trials.round(&context.index, &delivery.sender).await;
        sleep(LOOK).await;
    }
}
