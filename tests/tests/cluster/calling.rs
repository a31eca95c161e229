//! An app of the official SDK that calls without a pause and without a retry, and says how each call ended.

use std::cell::Cell;

use serde_json::{Value, json};
use tollgate_tests::harness::wait;

use crate::tollgate::{Namespace, Turn};

/// The running app, in pod `caller`.
pub(crate) struct Calling<'a> {
    namespace: &'a Namespace<'a>,
    /// Calls that ended before the last look.
    seen: Cell<usize>,
}

// === impl Calling ===

impl Calling<'_> {
    /// Returns when its first call is answered.
    pub(crate) fn start<'a>(tollgate: &Turn, namespace: &'a Namespace<'a>) -> Calling<'a> {
        let app = json!([{
            "name": "app", "image": tollgate.images.app, "args": ["app.py", "openai", "chat", "ada"],
            "env": [
                {"name": "OPENAI_API_KEY", "value": "sk-standin"},
                {"name": "RETRIES", "value": "0"},
                {"name": "SECONDS_BETWEEN_CALLS", "value": "0.02"},
            ],
        }]);
        namespace.pod("caller", &json!({"spec": {"containers": app}}));
        let calling = Calling { namespace, seen: Cell::new(0) };
        calling.goes_on();
        calling
    }

    /// Waits for more calls that end.
    pub(crate) fn goes_on(&self) {
        let before = self.seen.get();
        let seen = wait::eventually("calls", || {
            let now = self.calls().len();
            if now >= before + 10 { Ok(now) } else { Err(now) }
        });
        self.seen.set(seen);
    }

    /// # Panics
    /// When a call ended in anything but an answer.
    pub(crate) fn had_no_failure(&self) {
        let calls = self.calls();
        let failed: Vec<_> = calls.iter().filter(|call| call["event"] != "answered").collect();
        assert!(failed.is_empty(), "{} of {} calls: {failed:#?}", failed.len(), calls.len());
    }

    fn calls(&self) -> Vec<Value> {
        let log = self.namespace.logs("caller");
        let events = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        events.filter(|event| event["event"] != "ready").collect()
    }
}
