//! What is measured: the sidecar, nothing at all, and the peers; how each is started and stopped.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use serde_json::{Value, json};
use tollgate_tests::harness::{
    http::Call,
    ports,
    process::Process,
    programs,
    sidecar::{Around, Sidecar},
    tls::{Authority, Client},
    wait,
};

use crate::scenario::{ALL, CALLS_ALONE, EVERY, SELDOM_ALONE, stub, stub_tls};

/// The folders of a run, and the ledger of its sidecar.
pub(crate) struct Bench {
    /// Where everything of this run is written.
    pub(crate) folder: PathBuf,
    pub(crate) bodies: PathBuf,
    ledger: String,
    token: String,
    /// Whom the stub's certificate, and nginx's, is signed by (PEM).
    ca: String,
    /// A certificate of both, and its key, as files.
    pub(crate) certificate: (PathBuf, PathBuf),
}

/// One thing to measure.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    start: Start,
    headers: &'static [&'static str],
    /// Measured with `PEERS=all` only.
    slow: bool,
    /// Which loads, by their places among the scenarios; its calls are timed in the first.
    pub(crate) loads: &'static [usize],
    /// What the times of a call are compared with.
    pub(crate) beside: &'static str,
}

#[derive(Clone, Copy)]
enum Start {
    /// Calls go to the stub itself.
    Nothing,
    /// The same, by TLS.
    NothingByTls,
    /// What is written is synced so.
    Sidecar(&'static str),
    /// TLS on both sides: it stands for the provider's own host, and meets it there.
    SidecarByTls,
    /// By the shell, in the folder of the run; the port is the one in the peer's configuration.
    Shell { port: u16, command: &'static str },
    /// The same, called by TLS.
    ShellByTls { port: u16, command: &'static str },
}

/// A target that accepts calls.
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) headers: Vec<String>,
    /// Where calls go by TLS: the server's name, and whom to trust about it.
    pub(crate) tls: Option<(&'static str, PathBuf)>,
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
pub(crate) const STUB_TLS_PORT: u16 = 18_098;
pub(crate) const TOLLGATE: &str = "tollgate";
pub(crate) const DIRECT: &str = "direct";
pub(crate) const DIRECT_AGAIN: &str = "direct-aa";
pub(crate) const DIRECT_TLS: &str = "direct-tls";
pub(crate) const TLS: &str = "tls";
pub(crate) const NGINX: &str = "nginx";
pub(crate) const NGINX_TLS: &str = "nginx-tls";

const KEY: &[&str] = &["Authorization: Bearer sk-stub"];

/// The host that the sidecar stands for where calls come by TLS.
const HOST: &str = "api.openai.com";

const TARGETS: [Target; 14] = [
    Target { name: DIRECT, start: Start::Nothing, headers: KEY, slow: false, loads: EVERY, beside: DIRECT },
    Target {
        name: DIRECT_AGAIN,
        start: Start::Nothing,
        headers: KEY,
        slow: false,
        loads: ALL,
        beside: DIRECT,
    },
    Target {
        name: TOLLGATE,
        start: Start::Sidecar("never"),
        headers: KEY,
        slow: false,
        loads: ALL,
        beside: DIRECT,
    },
    Target {
        name: "fsync-interval",
        start: Start::Sidecar("interval"),
        headers: KEY,
        slow: false,
        loads: CALLS_ALONE,
        beside: DIRECT,
    },
    Target {
        name: "fsync-always",
        start: Start::Sidecar("always"),
        headers: KEY,
        slow: false,
        loads: SELDOM_ALONE,
        beside: DIRECT,
    },
    Target {
        name: DIRECT_TLS,
        start: Start::NothingByTls,
        headers: KEY,
        slow: false,
        loads: CALLS_ALONE,
        beside: DIRECT_TLS,
    },
    Target {
        name: TLS,
        start: Start::SidecarByTls,
        headers: KEY,
        slow: false,
        loads: CALLS_ALONE,
        beside: DIRECT_TLS,
    },
    Target {
        name: NGINX_TLS,
        start: Start::ShellByTls { port: 18_111, command: "exec nginx -p . -c nginx-tls.conf" },
        headers: KEY,
        slow: false,
        loads: CALLS_ALONE,
        beside: DIRECT_TLS,
    },
    Target {
        name: NGINX,
        start: Start::Shell { port: 18_101, command: "exec nginx -p . -c nginx.conf" },
        headers: KEY,
        slow: false,
        loads: ALL,
        beside: DIRECT,
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
        loads: ALL,
        beside: DIRECT,
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
        loads: ALL,
        beside: DIRECT,
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
        loads: ALL,
        beside: DIRECT,
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
        loads: ALL,
        beside: DIRECT,
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
        loads: ALL,
        beside: DIRECT,
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
            let text = text.replace("@STUB_TLS@", &stub_tls().to_string());
            fs::write(folder.join(entry.file_name()), text)?;
        }
        let flag = |feature| {
            format!(
                "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {feature}}}\nspec: {{enabled: true}}\n"
            )
        };
        fs::write(folder.join("flags.yaml"), FLAGS.map(flag).join("---\n"))?;
        fs::write(folder.join("prices.yaml"), PRICES)?;
        let authority = Authority::new();
        fs::write(folder.join("ca.pem"), authority.pem())?;
        Ok(Bench {
            folder: folder.to_owned(),
            bodies: kit.join("bodies"),
            ledger,
            token,
            ca: authority.pem().to_owned(),
            certificate: authority.written(&["localhost"], folder),
        })
    }

    /// A program that was built with this one.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf> {
        Ok(env::current_exe()?.with_file_name(name))
    }

    fn start_sidecar(&self, sync: &str) -> Result<Sidecar> {
        let upstream = format!("http://{}", stub());
        self.sidecar(&json!({
            "upstreams": {"openai": upstream}, "spool": {"folder": self.folder.join("spool"), "sync": sync},
        }))
    }

    /// One that stands for the provider's host; where.
    fn start_sidecar_by_tls(&self) -> Result<(Sidecar, SocketAddr)> {
        let at = ports::free();
        let upstream = format!("https://localhost:{STUB_TLS_PORT}");
        let sidecar = self.sidecar(&json!({
            "listen": {"hosts": [at]}, "upstreams": {"openai": upstream}, "extraCAs": self.ca,
        }))?;
        Ok((sidecar, at))
    }

    /// One with all that every one of them has, and this.
    fn sidecar(&self, own: &Value) -> Result<Sidecar> {
        let mut config = json!({
            "workload": {"namespace": "shop", "name": "web", "pod": "web-0", "feature": "chat"},
            "flags": self.folder.join("flags.yaml"),
            "prices": self.folder.join("prices.yaml"),
            "spool": {"folder": self.folder.join("spool")},
            "ledger": {"postgres": self.ledger, "token": self.token},
        });
        for (name, value) in own.as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        Sidecar::start(&self.folder, config, Around::default())
    }

    fn start_peer(&self, name: &'static str, port: u16, command: &str) -> Result<RunningProcess> {
        // nginx would share a taken port without a word
        TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("port {port}: is another bench running?"))?;
        let peers = env::var_os("PEERS_FOLDER").context("PEERS_FOLDER is missing: run it by `make bench`")?;
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(&self.folder).env("PEERS_FOLDER", peers);
        Ok(RunningProcess::Peer(Process::start(name, &mut shell, &self.folder)?))
    }
}

// === impl Target ===

impl Target {
    /// Its calls have rows.
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self.start, Start::Sidecar(_) | Start::SidecarByTls)
    }

    /// Everything that is measured; the slow peers only where they are wanted.
    pub(crate) fn all(slow: bool) -> Vec<Target> {
        TARGETS.into_iter().filter(|target| slow || !target.slow).collect()
    }

    /// Starts it and waits until it answers.
    pub(crate) fn start(&self, bench: &Bench) -> Result<Running> {
        let theirs = || Some(("localhost", bench.folder.join("ca.pem")));
        let (process, url, tls) = match self.start {
            Start::Nothing => (RunningProcess::Nothing, format!("http://{}", stub()), None),
            Start::NothingByTls => (RunningProcess::Nothing, format!("http://{}", stub_tls()), theirs()),
            Start::Sidecar(sync) => {
                let sidecar = bench.start_sidecar(sync)?;
                let url = format!("http://{}/openai", sidecar.base);
                (RunningProcess::Sidecar(sidecar), url, None)
            }
            Start::SidecarByTls => {
                let (sidecar, at) = bench.start_sidecar_by_tls()?;
                let trust = bench.folder.join("spool/trust/ca.pem");
                (RunningProcess::Sidecar(sidecar), format!("http://{at}"), Some((HOST, trust)))
            }
            Start::Shell { port, command } => {
                (bench.start_peer(self.name, port, command)?, format!("http://127.0.0.1:{port}"), None)
            }
            Start::ShellByTls { port, command } => {
                (bench.start_peer(self.name, port, command)?, format!("http://127.0.0.1:{port}"), theirs())
            }
        };
        let headers =
            self.headers.iter().map(|header| header.replace("@STUB@", &stub().to_string())).collect();
        let mut running = Running { url, headers, tls, probes: 0, process };
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
        let client = self.tls.as_ref().map(|(name, ca)| (*name, Client::trusting(ca)));
        let send = || match &client {
            None => call.try_send(address),
            Some((name, client)) => {
                let mut connection = client.open(address, name)?;
                connection.write(&call.bytes(address))?;
                connection.reply()
            }
        };
        wait::within(STARTS_WITHIN, || match send() {
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
