//! What is broken, in which order, and for how long: a schedule that follows from its seed alone.

use std::{
    collections::BTreeMap,
    fmt, fs, thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use rustix::process::Signal;

use super::{
    Plan,
    scene::{DATABASE, Scene},
};
use crate::{harness::postgres, standin::text::Seeded};

/// One kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// SIGKILL; the container is started again on the same volume.
    SidecarKilled,
    /// SIGKILL for the process that serves; another takes its place behind the same sockets.
    WorkerKilled,
    /// SIGSTOP for a while.
    SidecarPaused,
    /// SIGTERM with calls in flight; then the pod and its volume are gone.
    PodDeleted,
    /// SIGKILL; the pod and its volume are gone at once.
    PodDeletedByForce,
    /// The volume of the spool has no page left.
    DiskFull,
    OperatorKilled,
    OperatorPaused,
    /// Both replicas are told to end, and are away for a while.
    OperatorsAway,
    /// The server is stopped as by a crash, and is away for a while.
    PostgresAway,
    /// It takes no writes, as a replica does that is not yet promoted.
    PostgresReadOnly,
    /// Each answer is late, and the table is locked by somebody else.
    PostgresSlow,
    /// All connections break at once, as in a failover behind one address.
    PostgresCut,
    /// It takes no more connections.
    PostgresFull,
    /// A pod ends in good order while Postgres is away.
    PodDeletedWithoutPostgres,
    /// A pod and its volume vanish while Postgres is away.
    PodForcedWithoutPostgres,
    /// All connections to the operators break at once.
    OperatorsCut,
    /// The provider's process stands still.
    ProviderPaused,
    /// SIGKILL with calls in flight; nobody listens there for a while.
    ProviderKilled,
}

/// A fault, where, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    fault: Fault,
    place: usize,
    replica: usize,
    hold: Duration,
}

pub(super) struct Schedule {
    steps: std::vec::IntoIter<Step>,
    done: BTreeMap<Fault, u64>,
    operators_whole_since: Instant,
}

const ALL: [Fault; 19] = [
    Fault::SidecarKilled,
    Fault::WorkerKilled,
    Fault::SidecarPaused,
    Fault::PodDeleted,
    Fault::PodDeletedByForce,
    Fault::DiskFull,
    Fault::OperatorKilled,
    Fault::OperatorPaused,
    Fault::OperatorsAway,
    Fault::PostgresAway,
    Fault::PostgresReadOnly,
    Fault::PostgresSlow,
    Fault::PostgresCut,
    Fault::PostgresFull,
    Fault::PodDeletedWithoutPostgres,
    Fault::PodForcedWithoutPostgres,
    Fault::OperatorsCut,
    Fault::ProviderPaused,
    Fault::ProviderKilled,
];

/// After the operators were in trouble, all sidecars report again by then: three heartbeats of silence and a back-off.
const REPORTING_AGAIN: Duration = Duration::from_secs(9);
const LATE: Duration = Duration::from_millis(150);

// === impl Schedule ===

impl Schedule {
    pub(super) fn new(plan: &Plan) -> Schedule {
        let mut dice = Seeded::new(plan.seed);
        let mut dice = |sides: u64| dice.number() % sides.max(1);
        let mut steps = Vec::new();
        for _ in 0..plan.each {
            let mut round: Vec<Step> = ALL
                .into_iter()
                .map(|fault| Step {
                    fault,
                    place: usize::try_from(dice(plan.pods as u64)).unwrap_or(0),
                    replica: usize::try_from(dice(2)).unwrap_or(0),
                    hold: plan.hold + plan.hold / 100 * u32::try_from(dice(100)).unwrap_or(0),
                })
                .collect();
            // Fisher and Yates
            for last in (1..round.len()).rev() {
                round.swap(last, usize::try_from(dice(last as u64 + 1)).unwrap_or(0));
            }
            steps.extend(round);
        }
        Schedule { steps: steps.into_iter(), done: BTreeMap::new(), operators_whole_since: Instant::now() }
    }

    pub(super) fn next(&mut self) -> Option<Step> {
        self.steps.next()
    }

    /// How often each kind came.
    pub(super) fn done(&self) -> &BTreeMap<Fault, u64> {
        &self.done
    }

    /// Breaks it, waits, mends it.
    pub(super) fn run(&mut self, step: &Step, scene: &mut Scene) -> Result<()> {
        let Step { fault, place, replica, hold } = *step;
        match fault {
            Fault::SidecarKilled => scene.kill(place)?,
            Fault::WorkerKilled => scene.kill_worker(place)?,
            Fault::SidecarPaused => {
                scene.pods[place].sidecar.signal(Signal::STOP)?;
                thread::sleep(hold);
                scene.pods[place].sidecar.signal(Signal::CONT)?;
            }
            Fault::PodDeleted => scene.delete(place)?,
            Fault::PodDeletedByForce => {
                self.operators_hear();
                scene.delete_by_force(place)?;
            }
            Fault::DiskFull => {
                let ballast = scene.pods[place].fill(&scene.disks)?;
                thread::sleep(hold);
                fs::remove_file(ballast)?;
            }
            Fault::OperatorKilled => {
                scene.operators[replica].kill()?;
                thread::sleep(hold);
                scene.operators[replica].start_again()?;
                scene.operators[replica].ready()?;
                self.operators_whole_since = Instant::now();
            }
            Fault::OperatorPaused => {
                scene.operators[replica].signal(Signal::STOP)?;
                thread::sleep(hold);
                scene.operators[replica].signal(Signal::CONT)?;
                self.operators_whole_since = Instant::now();
            }
            Fault::OperatorsAway => {
                for operator in &scene.operators {
                    operator.terminate()?;
                }
                for operator in &mut scene.operators {
                    operator.ended();
                }
                thread::sleep(hold);
                for operator in &mut scene.operators {
                    operator.start_again()?;
                }
                for operator in &mut scene.operators {
                    operator.ready()?;
                }
                self.operators_whole_since = Instant::now();
            }
            Fault::PostgresAway => {
                scene.postgres.stop()?;
                thread::sleep(hold);
                scene.postgres.start_again()?;
            }
            Fault::PostgresReadOnly => {
                self.set(scene, "alter system set default_transaction_read_only = on")?;
                thread::sleep(hold);
                self.set(scene, "alter system reset default_transaction_read_only")?;
            }
            Fault::PostgresSlow => {
                scene.relay.delay(LATE);
                let lock = format!(
                    "begin; lock table provider_usage_logs in access exclusive mode; select pg_sleep({}); commit",
                    hold.as_secs_f64()
                );
                postgres::query(&scene.postgres.url(DATABASE), &lock)?;
                scene.relay.delay(Duration::ZERO);
            }
            Fault::PostgresCut => scene.relay.cut(),
            Fault::PostgresFull => {
                let url = scene.postgres.url(DATABASE);
                postgres::query(&url, "alter role tollgate_sidecar connection limit 0")?;
                scene.relay.cut();
                thread::sleep(hold);
                postgres::query(&url, "alter role tollgate_sidecar connection limit -1")?;
            }
            Fault::PodDeletedWithoutPostgres => {
                self.operators_hear();
                scene.postgres.stop()?;
                thread::sleep(hold / 2);
                scene.delete(place)?;
                scene.postgres.start_again()?;
            }
            Fault::PodForcedWithoutPostgres => {
                self.operators_hear();
                scene.postgres.stop()?;
                thread::sleep(hold);
                scene.delete_by_force(place)?;
                scene.postgres.start_again()?;
            }
            Fault::OperatorsCut => {
                scene.service.cut();
                self.operators_whole_since = Instant::now();
            }
            Fault::ProviderKilled => {
                let from = Instant::now();
                scene.standin.kill()?;
                thread::sleep(hold.min(Duration::from_secs(1)));
                scene.standin.start_again()?;
                scene.troubles.provider.push((from, Instant::now()));
            }
            Fault::ProviderPaused => {
                scene.standin.signal(Signal::STOP)?;
                thread::sleep(hold.min(Duration::from_secs(2)));
                scene.standin.signal(Signal::CONT)?;
            }
        }
        *self.done.entry(fault).or_default() += 1;
        Ok(())
    }

    /// What is deleted next was reported: otherwise nobody could know of it, which is another fault than this one.
    fn operators_hear(&self) {
        let whole = self.operators_whole_since + REPORTING_AGAIN;
        thread::sleep(whole.saturating_duration_since(Instant::now()));
    }

    fn set(&self, scene: &Scene, sql: &str) -> Result<()> {
        let url = scene.postgres.url("postgres");
        postgres::query(&url, sql)?;
        postgres::query(&url, "select pg_reload_conf()")?;
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, place, replica, hold } = self;
        write!(f, "{fault:?} (place {place}, replica {replica}, {} ms)", hold.as_millis())
    }
}
