//! The files that are looked at while the sidecar runs: flags and prices.

use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use tollgate_crds::ManifestError;
use tollgate_meter::{PriceBook, PriceError};

use crate::config::Config;
use crate::shared::{Shared, selected};
use crate::state::{self, FileWatch, FlagSet, Look};

const FLAGS: &str = "flags";
const PRICES: &str = "prices";

pub(super) struct Watches {
    flags: Option<FileWatch<Arc<FlagSet>, ManifestError>>,
    prices: Option<FileWatch<PriceBook, PriceError>>,
}

// === impl Watches ===

impl Watches {
    pub(super) fn of(config: &Config) -> Self {
        let flags = config.flags.clone().map(|path| state::flags_file(path, selected(&config.workload)));
        let prices =
            config.prices.clone().map(|path| FileWatch::new(PRICES, path, PriceBook::with_overrides));
        Self { flags, prices }
    }

    /// The first look, before the first call.
    pub(super) fn look(&mut self, shared: &Shared) {
        if let Some(flags) = &mut self.flags {
            take_flags(shared, flags.look(Instant::now()));
        }
        if let Some(prices) = &mut self.prices {
            take_prices(shared, prices.look(Instant::now()));
        }
    }

    /// Looks on, for as long as the sidecar runs.
    pub(super) fn spawn(self, shared: &Arc<Shared>, tasks: &mut JoinSet<&'static str>) {
        let Self { flags, prices } = self;
        if let Some(flags) = flags {
            let shared = Arc::clone(shared);
            tasks.spawn(async move {
                flags.run(|look| take_flags(&shared, look)).await;
                FLAGS
            });
        }
        if let Some(prices) = prices {
            let shared = Arc::clone(shared);
            tasks.spawn(async move {
                prices.run(|look| take_prices(&shared, look)).await;
                PRICES
            });
        }
    }
}

fn take_flags(shared: &Shared, look: Look<Arc<FlagSet>>) {
    note(shared, FLAGS, &look);
    if let Look::Taken(flags) = look {
        shared.take_flags(flags);
    }
}

fn take_prices(shared: &Shared, look: Look<PriceBook>) {
    note(shared, PRICES, &look);
    if let Look::Taken(book) = look {
        shared.take_prices(book);
    }
}

fn note<T>(shared: &Shared, source: &'static str, look: &Look<T>) {
    match look {
        Look::Taken(_) | Look::Same => shared.metrics.state.confirmed(source, Instant::now()),
        Look::Refused => shared.metrics.state.refused(source, Instant::now()),
        Look::Moving | Look::Absent => {}
    }
}
