//! What the upkeep counts. Replicas that do not lead count nothing.

use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use super::rollup::Grain;

#[derive(Clone, Debug, Default)]
pub struct UpkeepMetrics {
    /// 1 while this replica leads and the database answers.
    pub up: Gauge,
    failures: Family<StepLabels, Counter>,
    waiting: Family<GrainLabels, Gauge>,
    remade: Family<GrainLabels, Counter>,
    pub partitions_dropped: Counter,
    /// Days that are too old and could not be dropped.
    pub partitions_kept: Gauge,
    pub quarantined: Gauge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StepLabels {
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct GrainLabels {
    grain: Grain,
}

/// What the upkeep was at when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Step {
    Connect,
    Migrate,
    Login,
    Partitions,
    Rollup,
}

const STEPS: [Step; 5] = [Step::Connect, Step::Migrate, Step::Login, Step::Partitions, Step::Rollup];

// === impl UpkeepMetrics ===

impl UpkeepMetrics {
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        let Self { up, failures, waiting, remade, partitions_dropped, partitions_kept, quarantined } =
            metrics.clone();
        for step in STEPS {
            drop(failures.get_or_create(&StepLabels { step })); // 0 from the start
        }
        for grain in Grain::ALL {
            drop(waiting.get_or_create(&GrainLabels { grain }));
            drop(remade.get_or_create(&GrainLabels { grain }));
        }
        registry.register(
            "tollgate_operator_database_up",
            "1 while this replica leads and the database answers it",
            up,
        );
        registry.register(
            "tollgate_operator_database_failures",
            "Times that the upkeep of the database failed, by what it was at",
            failures,
        );
        registry.register(
            "tollgate_operator_rollup_waiting",
            "Hours, and days of users, whose rollup is to be made anew; weeks that are to be summed",
            waiting,
        );
        registry.register(
            "tollgate_operator_rollups",
            "Hours, and days of users, that were made anew; weeks that were summed",
            remade,
        );
        registry.register(
            "tollgate_operator_partitions_dropped",
            "Days of the ledger that were dropped for their age",
            partitions_dropped,
        );
        registry.register(
            "tollgate_operator_partitions_kept",
            "Days of the ledger that are too old and could not be dropped: not rolled up yet, or being read",
            partitions_kept,
        );
        registry.register(
            "tollgate_operator_quarantined_rows",
            "Rows in the table usage_quarantine",
            quarantined,
        );
        metrics
    }

    /// So many parts wait.
    pub fn waiting(&self, grain: Grain, parts: usize) {
        self.waiting.get_or_create(&GrainLabels { grain }).set(i64::try_from(parts).unwrap_or(i64::MAX));
    }

    pub fn remade(&self, grain: Grain) {
        self.remade.get_or_create(&GrainLabels { grain }).inc();
    }

    pub fn failed(&self, step: Step) {
        self.failures.get_or_create(&StepLabels { step }).inc();
    }
}
