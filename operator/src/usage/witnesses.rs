//! What each sidecar said last of the calls that were open and the rows that nobody had acknowledged: all that is known of
//! them, should its pod vanish. Written to the disk each second, so that a replica that is killed knows it again.

use std::{
    collections::HashMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use serde::{Deserialize, Serialize};
use tollgate_crds::stream::OpenCall;

/// A handle; cheap to clone.
#[derive(Clone, Debug)]
pub struct Witnesses {
    file: Arc<PathBuf>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    /// By the pod's uid; only those with something to lose.
    pods: HashMap<String, Witnessed>,
    changed: bool,
}

/// What one pod said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witnessed {
    pub uid: String,
    pub namespace: String,
    pub pod: String,
    pub workload: Option<String>,
    pub open: Vec<OpenCall>,
    pub waiting: Vec<String>,
    #[serde(skip, default = "Instant::now")]
    pub heard: Instant,
}

// === impl Witnesses ===

impl Witnesses {
    /// What an earlier start knew is known again. A file that cannot be read is nothing worse than no file.
    pub(super) fn open(file: PathBuf) -> Self {
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "what sidecars had said of their open calls cannot be read again");
                String::new()
            }
        };
        let known = text.lines().filter_map(|line| serde_json::from_str::<Witnessed>(line).ok());
        let pods = known.map(|witnessed| (witnessed.uid.clone(), witnessed)).collect();
        let inner = Arc::new(Mutex::new(Inner { pods, changed: false }));
        Self { file: Arc::new(file), inner }
    }

    /// What a pod says now. One that has nothing to lose is forgotten.
    pub fn hear(&self, witnessed: Witnessed) {
        let mut inner = self.lock();
        let Inner { pods, changed } = &mut *inner;
        if witnessed.open.is_empty() && witnessed.waiting.is_empty() {
            *changed |= pods.remove(&witnessed.uid).is_some();
        } else {
            pods.insert(witnessed.uid.clone(), witnessed);
            *changed = true;
        }
    }

    /// Pods with something to lose.
    pub(super) fn len(&self) -> usize {
        self.lock().pods.len()
    }

    /// Those of whom this is true.
    pub(super) fn that(&self, is: impl Fn(&Witnessed) -> bool) -> Vec<Witnessed> {
        self.lock().pods.values().filter(|witnessed| is(witnessed)).cloned().collect()
    }

    /// What was known of this pod is written down, unless it has said something since.
    pub(super) fn forget(&self, written: &Witnessed) {
        let mut inner = self.lock();
        if inner.pods.get(&written.uid).is_some_and(|known| known.heard == written.heard) {
            inner.pods.remove(&written.uid);
            inner.changed = true;
        }
    }

    /// Onto the disk, if something changed: aside, then in place, so that there is always a whole one.
    pub(super) fn write(&self) -> io::Result<()> {
        let text = {
            let mut inner = self.lock();
            if !std::mem::take(&mut inner.changed) {
                return Ok(());
            }
            let mut text = Vec::new();
            for witnessed in inner.pods.values() {
                serde_json::to_writer(&mut text, witnessed)?;
                text.push(b'\n');
            }
            text
        };
        let aside = self.file.with_extension("new");
        let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, &*self.file));
        if written.is_err() {
            self.lock().changed = true;
        }
        written
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn witnessed(uid: &str, waiting: &[&str]) -> Witnessed {
        Witnessed {
            uid: uid.to_owned(),
            namespace: "shop".to_owned(),
            pod: uid.to_owned(),
            workload: None,
            open: Vec::new(),
            waiting: waiting.iter().map(|row| (*row).to_owned()).collect(),
            heard: Instant::now(),
        }
    }

    fn known(witnesses: &Witnesses) -> Vec<String> {
        let mut known: Vec<_> = witnesses.that(|_| true).into_iter().map(|pod| pod.uid).collect();
        known.sort();
        known
    }

    #[test]
    fn what_was_said_is_known_after_a_restart_and_forgotten_with_a_goodbye() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("witnesses.jsonl");
        let witnesses = Witnesses::open(file.clone());
        witnesses.hear(witnessed("a", &["row"]));
        witnesses.hear(witnessed("b", &["row"]));
        witnesses.hear(witnessed("b", &[]));
        witnesses.write().unwrap();
        assert_eq!(known(&Witnesses::open(file)), ["a"]);
    }

    #[test]
    fn a_pod_that_speaks_again_while_its_rows_are_written_is_not_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let witnesses = Witnesses::open(folder.path().join("witnesses.jsonl"));
        let before = witnessed("a", &["row"]);
        witnesses.hear(before.clone());
        witnesses.hear(witnessed("a", &["another"]));
        witnesses.forget(&before);
        assert_eq!(known(&witnesses), ["a"]);
    }

    #[test]
    fn a_torn_line_takes_none_of_the_others_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("witnesses.jsonl");
        let whole = serde_json::to_string(&witnessed("a", &["row"])).unwrap();
        fs::write(&file, format!("{whole}\n{}", &whole[..20])).unwrap();
        assert_eq!(known(&Witnesses::open(file)), ["a"]);
    }
}
