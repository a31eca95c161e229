//! What is written back into the cluster, by the leader alone.
//!
//! Each controller owns one thing, looks at everything there is, decides, and writes what differs; never by the kind of an event.
//! What it decides is a pure function of what is known.
//!
//! - [`status`]: what became of each flag, in its status
//! - [`state_config_map`]: the state of each labelled namespace, for pods that start while no operator answers
//! - [`injection_template`]: what a policy of the apiserver puts into pods, where it does so instead of the webhook
//! - [`audit`]: who changed which flag, into the database
//! - [`uninjected`]: pods that run without a sidecar, told to whoever owns them; [`coverage`]: the same, and which sidecars there are,
//!   for the console

mod audit;
pub(crate) mod backoff;
mod coverage;
mod injection_template;
mod state_config_map;
mod status;
mod uninjected;

use crate::context::{Context, Tasks};

/// Starts the controllers; each works only while this replica leads.
pub fn spawn(context: &Context, tasks: &mut Tasks) {
    uninjected::register(context);
    let metrics = context.metrics.register(status::StatusMetrics::register);
    spawn_one(context, tasks, "the controller of status", move |context| {
        status::lead(context, metrics.clone())
    });
    spawn_one(context, tasks, "the controller of tollgate-state", state_config_map::lead);
    spawn_one(context, tasks, "the controller of tollgate-injection", injection_template::lead);
    spawn_one(context, tasks, "the audit of flags and alerts", audit::record);
    spawn_one(context, tasks, "the audit of prices", audit::prices::record);
    spawn_one(context, tasks, "the Events of the audit", audit::heads::tell);
    spawn_one(context, tasks, "the report of flags", audit::report);
    spawn_one(context, tasks, "the controller of pods without a sidecar", uninjected::lead);
    spawn_one(context, tasks, "the controller of tollgate-coverage", coverage::lead);
}

fn spawn_one<W>(
    context: &Context,
    tasks: &mut Tasks,
    name: &'static str,
    mut work: impl FnMut(Context) -> W + Send + 'static,
) where
    W: Future<Output = ()> + Send + 'static,
{
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| work(context.clone())).await;
        name
    });
}
