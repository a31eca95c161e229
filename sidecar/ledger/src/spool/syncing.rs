//! [`super::Sync::Interval`]: a thread that writes back once a second what was published meanwhile.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, Weak},
    thread,
    time::Duration,
};

use super::published::LaneShared;

const EACH: Duration = Duration::from_secs(1);

/// Ends with the spool.
pub(super) fn spawn(dir: PathBuf, lanes: Vec<Arc<LaneShared>>) -> io::Result<()> {
    let lanes: Vec<Weak<LaneShared>> = lanes.iter().map(Arc::downgrade).collect();
    thread::Builder::new().name("spool-sync".to_owned()).spawn(move || {
        let mut failing = false;
        while lanes.iter().any(|lane| lane.strong_count() > 0) {
            thread::sleep(EACH);
            let synced = lanes.iter().filter_map(Weak::upgrade).try_for_each(|lane| lane.sync(&dir));
            match synced {
                Ok(()) => failing = false,
                Err(error) if !std::mem::replace(&mut failing, true) => {
                    tracing::warn!(%error, "the spool cannot be written back to its disk: should the machine fail, rows are lost");
                }
                Err(_) => {}
            }
        }
    })?;
    Ok(())
}
