//! A sidecar between a test and the stand-ins, with its flags, its prices and its ledger in one folder.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    http::{Call, Reply},
    rows,
    sidecar::{Around, Sidecar},
    standin::Standin,
    wait,
};
use crate::standin::{Provider, directive};

/// Turns `chat` off, and breaks off what is under way.
const CUTS: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec:
  enabled: false
  whenDisabled: {message: Not now., inFlight: Cut}
";

/// What a test may want otherwise; the default is a sidecar with an empty flags file and a ledger's file.
#[derive(Debug, Default)]
pub struct Setup {
    /// The text of the flags file; `None`: there is no file.
    pub flags: Option<&'static str>,
    /// The text of the prices file; `None`: the sidecar is told of none.
    pub prices: Option<&'static str>,
    /// Settings that are put over the ordinary ones, whole key by whole key.
    pub config: Option<Value>,
    pub around: Around,
}

/// Everything that runs for one test.
#[derive(Debug)]
pub struct World {
    // before the folder, so that the programs end first
    pub sidecar: Sidecar,
    pub standin: Standin,
    folder: TempDir,
}

// === impl World ===

impl World {
    /// # Panics
    /// When something does not start.
    pub fn start() -> World {
        World::with(Setup::default())
    }

    /// # Panics
    /// When something does not start.
    pub fn with(setup: Setup) -> World {
        let folder = tempfile::Builder::new().prefix("tollgate-test-").tempdir().expect("a folder");
        let path = folder.path();
        let standin = Standin::start(path).expect("the stand-ins");
        let mut config = json!({
            "upstreams": Provider::ALL
                .map(|provider| (provider.name().to_owned(), format!("http://{}", standin.address(provider)).into()))
                .into_iter()
                .collect::<serde_json::Map<_, _>>(),
            "workload": {"namespace": "shop", "name": "web", "pod": "web-0"},
            "flags": path.join("flags.yaml"),
            "spool": path.join("spool"),
            "ledger": {"file": path.join("usage.jsonl")},
        });
        if let Some(flags) = setup.flags {
            fs::write(path.join("flags.yaml"), flags).expect("the flags");
        }
        if let Some(prices) = setup.prices {
            fs::write(path.join("prices.yaml"), prices).expect("the prices");
            config["prices"] = json!(path.join("prices.yaml"));
        }
        if let (Some(Value::Object(other)), Some(config)) = (setup.config, config.as_object_mut()) {
            config.extend(other);
        }
        let sidecar = Sidecar::start(path, config, setup.around).expect("the sidecar");
        World { sidecar, standin, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn ledger(&self) -> PathBuf {
        self.folder().join("usage.jsonl")
    }

    /// Replaces a file of the folder by rename, as every careful writer does.
    ///
    /// # Panics
    /// When the folder cannot be written.
    pub fn replace(&self, name: &str, text: &str) {
        let new = self.folder().join(format!(".{name}.new"));
        fs::write(&new, text).expect("written");
        fs::rename(new, self.folder().join(name)).expect("renamed");
    }

    /// What an app gets whose feature `chat` is turned off, by a flag that breaks calls off, while so many calls are under way.
    ///
    /// # Panics
    /// When they do not get under way, or not to an end.
    pub fn cut<T: Send>(&self, calls: u64, app: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| {
            let under_way = scope.spawn(app);
            wait::eventually("calls to be under way", || {
                let open = self.sidecar.metrics().sum("tollgate_open_calls", &[]);
                if open == calls { Ok(()) } else { Err(open) }
            });
            self.replace("flags.yaml", CUTS);
            wait::eventually("their end", || if under_way.is_finished() { Ok(()) } else { Err(()) });
            under_way.join().expect("an answer")
        })
    }

    /// The call's answer through the sidecar.
    pub fn through(&self, provider: Provider, call: &Call) -> Reply {
        self.prefixed(provider, call).send(self.sidecar.base)
    }

    /// The call as the sidecar is sent it.
    pub fn prefixed(&self, provider: Provider, call: &Call) -> Call {
        call.clone().under(&format!("/{}", provider.name()))
    }

    /// The call's answer without us.
    pub fn direct(&self, provider: Provider, call: &Call) -> Reply {
        call.send(self.standin.address(provider))
    }

    /// The ledger's rows, once there are `count`.
    pub fn rows(&self, count: usize) -> Vec<Value> {
        rows::exactly(&self.ledger(), count)
    }

    /// The only row of the ledger, once it is there.
    ///
    /// # Panics
    /// When there are more.
    pub fn row(&self) -> Value {
        self.rows(1).remove(0)
    }
}

/// A chat completion: `body` is a JSON object, `play` what the stand-in shall do.
pub fn chat(body: Value, play: &str) -> Call {
    let body = filled(
        body,
        json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Say something."}]}),
    );
    Call::post("/v1/chat/completions", body)
        .header("authorization", "Bearer sk-standin")
        .header(directive::HEADER, play)
}

/// A message of Anthropic's.
pub fn message(body: Value, play: &str) -> Call {
    let body = filled(
        body,
        json!({"model": "claude-sonnet-4-5", "max_tokens": 100, "messages": [{"role": "user", "content": "Say something."}]}),
    );
    Call::post("/v1/messages", body)
        .header("x-api-key", "sk-standin")
        .header("anthropic-version", "2026-10-21")
        .header(directive::HEADER, play)
}

/// `body`, with the fields of `ordinary` that it lacks.
fn filled(body: Value, ordinary: Value) -> String {
    let (Value::Object(mut whole), Value::Object(body)) = (ordinary, body) else {
        panic!("a body is a JSON object");
    };
    whole.extend(body);
    Value::Object(whole).to_string()
}
