//! `tollgate-try`: one call, metered and gated, to be watched.
//!
//! A Postgres of its own, stand-ins for OpenAI and Anthropic, a sidecar, and two apps with the official SDKs.
//! Every figure is read from the ledger or measured while it runs; nothing is left behind.

mod app;
mod ledger;

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use serde_json::json;
use tollgate_tests::harness::{
    clock::monotonic,
    interrupt::{self, wait},
    postgres::Postgres,
    screen::{Screen, seconds},
    sidecar::{Around, Sidecar},
    standin::Standin,
};

use crate::{app::App, ledger::Ledger};

const DATABASE: &str = "tollgate";
/// The calls that are watched before the flag goes off.
const CALLS: u64 = 150;
/// Between two looks at the ledger: the apps need the machine more.
const REDRAW: Duration = Duration::from_millis(250);
const OFF: &str = "chat";
const ON: &str = "writing-assistant";

/// Everything that runs. The programs end before their folder does.
struct Demo {
    chat: App,
    writing: App,
    sidecar: Sidecar,
    standin: Standin,
    postgres: Postgres,
    folder: tempfile::TempDir,
}

fn main() -> Result<()> {
    interrupt::watch()?;
    let start = Instant::now();
    let screen = Screen::on_stdout();
    screen.title("Tollgate: each call metered, each feature gated");
    let mut demo = Demo::start(&screen)?;
    demo.watch_costs(&screen)?;
    demo.turn_off(&screen)?;
    demo.show_rows(&screen)?;
    demo.compare_books(&screen)?;
    drop(demo);
    screen.step(
        "Done",
        &format!("{} s in all; every process has ended, its folder is gone", seconds(start.elapsed())),
    );
    Ok(())
}

// === impl Demo ===

impl Demo {
    fn start(screen: &Screen) -> Result<Demo> {
        let folder = tempfile::Builder::new().prefix("tollgate-demo-").tempdir()?;
        let path = folder.path();

        let start = Instant::now();
        let postgres = Postgres::start()?;
        let token = postgres.migrated(DATABASE)?;
        screen
            .step("Postgres", &format!("on {}, migrated, {} s", postgres.address, seconds(start.elapsed())));

        let standin = Standin::start_with(path, &["--pace", "1"])?;
        screen
            .step("Stand-ins", &format!("OpenAI on {}, Anthropic on {}", standin.openai, standin.anthropic));

        fs::write(path.join("flags.yaml"), flags(true))?;
        let config = json!({
            "upstreams": {
                "openai": format!("http://{}", standin.openai),
                "anthropic": format!("http://{}", standin.anthropic),
            },
            "workload": {"namespace": "shop", "name": "web", "pod": "web-0"},
            "flags": path.join("flags.yaml"),
            "spool": path.join("spool"),
            "ledger": {"postgres": postgres.url_as("tollgate_sidecar", DATABASE), "token": token},
        });
        let start = Instant::now();
        let sidecar = Sidecar::start(path, config, Around::default())?;
        screen.step("Sidecar", &format!("on {}, {} s", sidecar.base, seconds(start.elapsed())));

        let chat = App::start("openai", OFF, &["ada", "grace", "linus"], sidecar.base, path)?;
        let writing = App::start("anthropic", ON, &["ada", "margaret"], sidecar.base, path)?;
        chat.is_ready()?;
        writing.is_ready()?;
        screen.step(
            "Apps",
            &format!("official SDKs: openai for {OFF}, anthropic for {ON}; plain calls and streams"),
        );
        Ok(Demo { chat, writing, sidecar, standin, postgres, folder })
    }

    fn ledger(&self) -> Ledger {
        Ledger(self.postgres.url(DATABASE))
    }

    /// Cost by feature and user, growing.
    fn watch_costs(&self, screen: &Screen) -> Result<()> {
        screen.step("Costs", "as the rows arrive in Postgres");
        let ledger = self.ledger();
        let mut table = screen.table();
        let mut last = None::<Instant>;
        wait(|| {
            if last.is_some_and(|last| last.elapsed() < REDRAW) {
                return Ok(None);
            }
            last = Some(Instant::now());
            self.chat.is_well()?;
            self.writing.is_well()?;
            let costs = ledger.costs()?;
            table.show(&costs.lines);
            Ok((costs.calls >= CALLS).then_some(()))
        })?;
        table.keep();
        Ok(())
    }

    /// The flag goes off in the file; the app says when it noticed.
    fn turn_off(&self, screen: &Screen) -> Result<()> {
        let new = self.folder.path().join("flags.new");
        fs::write(&new, flags(false))?;
        let before = monotonic();
        fs::rename(new, self.folder.path().join("flags.yaml"))?;
        screen.step("Off", &format!("{OFF} in flags.yaml: enabled: false"));

        for (kind, call) in [("plain", "the app's next call"), ("stream", "its next stream")] {
            let refused = wait(|| self.chat.first_refusal(kind, before))?;
            screen.line(&format!("{call}, {} ms after that: {}", refused.after.as_millis(), refused.error));
            screen.line(&format!("    {}", refused.sentence));
        }
        let calls = wait(|| self.writing.answered_since(before, 20))?;
        screen.line(&format!(
            "meanwhile {ON} goes on: {calls} calls answered, {} refused",
            self.writing.refused()?
        ));
        Ok(())
    }

    fn show_rows(&mut self, screen: &Screen) -> Result<()> {
        self.chat.stop()?;
        self.writing.stop()?;
        // told to end, a sidecar writes all of its rows first
        self.sidecar.terminate()?;
        let status = self.sidecar.ended();
        ensure!(status.success(), "the sidecar ended with {status}");
        screen.step("Rows", "the last ones of each kind in provider_usage_logs");
        for line in self.ledger().last_rows()? {
            screen.line(&line);
        }
        Ok(())
    }

    /// What the stand-ins wrote down by themselves must be what the ledger has.
    fn compare_books(&self, screen: &Screen) -> Result<()> {
        let book = self.standin.entries();
        let calls = book.len() as u64;
        let input: u64 = book.iter().map(|entry| entry.tokens.input_tokens).sum();
        let output: u64 = book.iter().map(|entry| entry.tokens.output_tokens).sum();
        let ours = self.ledger().billed()?;
        screen.step("Books", "the stand-ins' own, and the ledger");
        screen.line(&format!("the providers billed {calls} calls, {input} + {output} tokens"));
        screen.line(&format!(
            "the ledger has      {} calls, {} + {} tokens",
            ours.calls, ours.input, ours.output
        ));
        ensure!((ours.calls, ours.input, ours.output) == (calls, input, output), "the books differ");
        Ok(())
    }
}

/// The admin's whole control: one field in one manifest.
fn flags(enabled: bool) -> String {
    format!(
        "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {OFF}}}\nspec: {{enabled: {enabled}}}\n"
    )
}
