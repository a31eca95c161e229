//! What the leader does each second, until nothing is marked.

use std::time::Instant;

use anyhow::Result;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use tollgate_operator::database::rollup::{Grain, Remade, marked, remake};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(url: &str, grains: &[Grain]) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let (began, mut parts, mut changed_rows) = (Instant::now(), 0_u64, 0);
    for grain in grains {
        loop {
            let all = marked(&mut connection, *grain).await?;
            if all.is_empty() {
                break;
            }
            for part in &all {
                if let Remade::Done { changed } = remake(&mut connection, part).await? {
                    (parts, changed_rows) = (parts + 1, changed_rows + changed);
                }
            }
        }
    }
    println!("{}", json!({"parts": parts, "changed": changed_rows, "ms": began.elapsed().as_millis()}));
    Ok(())
}
