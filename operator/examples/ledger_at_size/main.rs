//! Very many sidecars' ledgers in one process, each a spool and a shipper of its own, and the rollup beside them: what
//! `make bench WHAT=ledger` measures with.
//!
//! ```text
//! ledger_at_size spools FILE   {"url", "token", "folder", "sidecars", "load": {"fill": ROWS} | {"pace": [ROWS A SECOND, SECONDS]} | {"idle": SECONDS}}
//! ledger_at_size rollup URL    makes anew whatever is marked
//! ledger_at_size hours URL     the same, but sums nothing: days stay as they are while they go on
//! ```
//!
//! Each prints a JSON object when it is done. `pace` says `{"busy": true}` on a line of its own once a row of each sidecar is in
//! the ledger, and goes on for its seconds. `idle` writes one row a sidecar, says `{"idle": true}` on a line of its own
//! once all connections had time to be given back, and then only waits.

mod rollup;
mod rows;
mod spools;

use anyhow::{Result, bail};
use tollgate_operator::database::rollup::Grain;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    match (words.next().as_deref(), words.next()) {
        (Some("spools"), Some(file)) => spools::run(&file),
        (Some("rollup"), Some(url)) => rollup::run(&url, &Grain::ALL),
        (Some("hours"), Some(url)) => rollup::run(&url, &[Grain::Hour, Grain::Day]),
        _ => bail!("usage: ledger_at_size spools FILE | rollup URL | hours URL"),
    }
}
