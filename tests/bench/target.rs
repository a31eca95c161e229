//! What is measured: the sidecar, nothing at all, and the peers; how each is started and stopped.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use serde_json::json;
use tollgate_tests::harness::{
    http::Call,
    process::Process,
    programs,
    sidecar::{Around, Sidecar},
    wait,
};

use crate::scenario::stub;

/// The folders of a run, and the ledger of its sidecar.
pub(crate) struct Bench {
    /// Where everything of this run is written.
    pub(crate) folder: PathBuf,
    pub(crate) bodies: PathBuf,
    ledger: String,
    token: String,
}

/// One thing to measure.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    start: Start,
    headers: &'static [&'static str],
    /// Measured with `PEERS=all` only.
    slow: bool,
}

#[derive(Clone, Copy)]
enum Start {
    /// Calls go to the stub itself.
    Nothing,
    Sidecar,
    /// By the shell, in the folder of the run; the port is the one in the peer's configuration.
    Shell {
        port: u16,
        command: &'static str,
    },
}

/// A target that accepts calls.
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) headers: Vec<String>,
    /// Calls that were made to see whether it accepts them.
    pub(crate) probes: u64,
    process: RunningProcess,
}

enum RunningProcess {
    Nothing,
    Sidecar(Sidecar),
    Peer(Process),
}

pub(crate) const STUB_PORT: u16 = 18_099;
pub(crate) const TOLLGATE: &str = "tollgate";
pub(crate) const DIRECT: &str = "direct";
pub(crate) const DIRECT_AGAIN: &str = "direct-aa";

const KEY: &[&str] = &["Authorization: Bearer sk-stub"];

const TARGETS: [Target; 9] = [
    Target { name: DIRECT, start: Start::Nothing, headers: KEY, slow: false },
    Target { name: DIRECT_AGAIN, start: Start::Nothing, headers: KEY, slow: false },
    Target { name: TOLLGATE, start: Start::Sidecar, headers: KEY, slow: false },
    Target {
        name: "nginx",
        start: Start::Shell { port: 18_101, command: "exec nginx -p . -c nginx.conf" },
        headers: KEY,
        slow: false,
    },
    Target {
        name: "envoy-meter",
        start: Start::Shell {
            port: 18_103,
            command: "exec $PEERS_FOLDER/envoy/lib/python3*/site-packages/envoy/_bin/envoy -c envoy-meter.yaml \
                      --concurrency 2 --log-level warning --base-id 72",
        },
        headers: KEY,
        slow: false,
    },
    Target {
        name: "envoy",
        start: Start::Shell {
            port: 18_102,
            command: "exec $PEERS_FOLDER/envoy/lib/python3*/site-packages/envoy/_bin/envoy -c envoy.yaml \
                      --concurrency 2 --log-level warning --base-id 71",
        },
        headers: KEY,
        slow: true,
    },
    Target {
        name: "portkey",
        start: Start::Shell {
            port: 18_104,
            command: "TRUSTED_CUSTOM_HOSTS=127.0.0.1 NODE_ENV=production exec node \
                      $PEERS_FOLDER/portkey/node_modules/@portkey-ai/gateway/build/start-server.js --headless --port=18104",
        },
        headers: &[KEY[0], "x-portkey-provider: openai", "x-portkey-custom-host: http://@STUB@/v1"],
        slow: true,
    },
    Target {
        name: "litellm",
        start: Start::Shell {
            port: 18_105,
            command: "LITELLM_MODE=PRODUCTION LITELLM_LOG=ERROR LITELLM_LOCAL_MODEL_COST_MAP=True \
                      exec $PEERS_FOLDER/litellm/bin/litellm --host 127.0.0.1 --port 18105 --config litellm.yaml \
                      --num_workers 2 --telemetry False",
        },
        headers: KEY,
        slow: true,
    },
    Target {
        name: "litellm-rs",
        start: Start::Shell {
            port: 18_107,
            command: "exec $PEERS_FOLDER/litellm-rs/bin/gateway --config litellm-rs.yaml --host 127.0.0.1 --port 18107 \
                      --log-level error serve",
        },
        headers: KEY,
        slow: true,
    },
];

/// litellm needs its time.
const STARTS_WITHIN: Duration = Duration::from_secs(120);

/// Of each start.
pub(crate) const RESTARTS: usize = 2;

/// As many flags as an ordinary namespace has, all on.
const FLAGS: [&str; 3] = ["chat", "writing-assistant", "search"];

/// An own price over the built-in book.
const PRICES: &str = "openai: {our-own-model: {input: \"1.25\", output: \"10\"}}\n";

// === impl Bench ===

impl Bench {
    /// Writes the configurations of all targets into `folder`.
    pub(crate) fn prepare(folder: &Path, ledger: String, token: String) -> Result<Bench> {
        let kit = programs::root().join("tests/bench");
        for entry in fs::read_dir(kit.join("conf"))? {
            let entry = entry?;
            let text = fs::read_to_string(entry.path())?;
            let text =
                text.replace("@STUB@", &stub().to_string()).replace("@STUB_PORT@", &STUB_PORT.to_string());
            fs::write(folder.join(entry.file_name()), text)?;
        }
        let flag = |feature| {
            format!(
                "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {feature}}}\nspec: {{enabled: true}}\n"
            )
        };
        fs::write(folder.join("flags.yaml"), FLAGS.map(flag).join("---\n"))?;
        fs::write(folder.join("prices.yaml"), PRICES)?;
        Ok(Bench { folder: folder.to_owned(), bodies: kit.join("bodies"), ledger, token })
    }

    /// A program that was built with this one.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf> {
        Ok(env::current_exe()?.with_file_name(name))
    }

    fn start_sidecar(&self) -> Result<Sidecar> {
        let config = json!({
            "upstreams": {"openai": format!("http://{}", stub())},
            "workload": {"namespace": "shop", "name": "web", "pod": "web-0", "feature": "chat"},
            "flags": self.folder.join("flags.yaml"),
            "prices": self.folder.join("prices.yaml"),
            "spool": self.folder.join("spool"),
            "ledger": {"postgres": self.ledger, "token": self.token},
        });
        Sidecar::start(&self.folder, config, Around::default())
    }

    fn start_peer(&self, name: &'static str, command: &str) -> Result<Process> {
        let peers = env::var_os("PEERS_FOLDER").context("PEERS_FOLDER is missing: run it by `make bench`")?;
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(&self.folder).env("PEERS_FOLDER", peers);
        Process::start(name, &mut shell, &self.folder)
    }
}

// === impl Target ===

impl Target {
    /// Everything that is measured; the slow peers only where they are wanted.
    pub(crate) fn all(slow: bool) -> Vec<Target> {
        TARGETS.into_iter().filter(|target| slow || !target.slow).collect()
    }

    /// Starts it and waits until it answers.
    pub(crate) fn start(&self, bench: &Bench) -> Result<Running> {
        let (process, url) = match self.start {
            Start::Nothing => (RunningProcess::Nothing, format!("http://{}", stub())),
            Start::Sidecar => {
                let sidecar = bench.start_sidecar()?;
                let url = format!("http://{}/openai", sidecar.base);
                (RunningProcess::Sidecar(sidecar), url)
            }
            Start::Shell { port, command } => {
                // nginx would share a taken port without a word
                TcpListener::bind(("127.0.0.1", port))
                    .with_context(|| format!("port {port}: is another bench running?"))?;
                let process = bench.start_peer(self.name, command)?;
                (RunningProcess::Peer(process), format!("http://127.0.0.1:{port}"))
            }
        };
        let headers =
            self.headers.iter().map(|header| header.replace("@STUB@", &stub().to_string())).collect();
        let mut running = Running { url, headers, probes: 0, process };
        running.wait_for_answer(&bench.bodies.join("chat.json"))?;
        Ok(running)
    }
}

// === impl Running ===

impl Running {
    pub(crate) fn id(&self) -> Option<u32> {
        match &self.process {
            RunningProcess::Nothing => None,
            RunningProcess::Sidecar(sidecar) => Some(sidecar.id()),
            RunningProcess::Peer(process) => Some(process.id()),
        }
    }

    /// Kills the process that serves, twice: a third time in a row the next one would be started later. How long calls
    /// that come at that moment wait for their answer, µs.
    pub(crate) fn restarts(&self, bench: &Bench) -> Result<Vec<u64>> {
        let RunningProcess::Sidecar(sidecar) = &self.process else { return Ok(Vec::new()) };
        let body = fs::read(bench.bodies.join("chat.json"))?;
        let mut call = Call::post("/openai/v1/chat/completions", body);
        for (name, value) in self.headers.iter().filter_map(|header| header.split_once(": ")) {
            call = call.header(name, value);
        }
        (0..RESTARTS)
            .map(|_| {
                let killed = Instant::now();
                sidecar.kill_worker()?;
                let reply = call.try_send(sidecar.base)?;
                let waited = killed.elapsed();
                ensure!(reply.status() == 200, "{} after a restart", reply.status());
                Ok(waited.as_micros().try_into()?)
            })
            .collect()
    }

    /// Ends it, and waits for its end.
    pub(crate) fn stop(self) -> Result<()> {
        match self.process {
            RunningProcess::Nothing => {}
            RunningProcess::Sidecar(mut sidecar) => {
                sidecar.terminate()?;
                let status = sidecar.ended();
                ensure!(status.success(), "the sidecar ended with {status}:\n{}", sidecar.log());
            }
            RunningProcess::Peer(mut process) => {
                process.signal(Signal::TERM)?;
                process.wait();
            }
        }
        Ok(())
    }

    fn wait_for_answer(&mut self, body: &Path) -> Result<()> {
        let body = fs::read(body)?;
        let (address, prefix) = self.url.trim_start_matches("http://").split_once('/').map_or_else(
            || (self.url.trim_start_matches("http://"), String::new()),
            |(address, path)| (address, format!("/{path}")),
        );
        let address = address.parse()?;
        let mut call = Call::post(format!("{prefix}/v1/chat/completions"), body);
        for (name, value) in self.headers.iter().filter_map(|header| header.split_once(": ")) {
            call = call.header(name, value);
        }
        wait::within(STARTS_WITHIN, || match call.try_send(address) {
            Ok(reply) if reply.status() == 200 => Ok(()),
            Ok(reply) => Err(format!("{} {}", reply.status(), reply.text())),
            Err(error) => Err(error.to_string()),
        })
        .map_err(anyhow::Error::msg)
        .context("it does not answer")?;
        self.probes += 1;
        Ok(())
    }
}
