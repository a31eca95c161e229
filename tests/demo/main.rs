//! `tollgate-demo FOLDER`: a whole cluster, from nothing to a feature that is off, to be watched.
//! `tollgate-demo FOLDER console`: its console, in a browser of this machine.
//!
//! Everything is real but the providers: apiserver, kubelet, helm, Postgres, Prometheus, the official SDKs. Every figure
//! is read from the cluster or measured while it runs. The node stays in FOLDER until `make demo-down`.

mod console;
mod dashboard;
mod ledger;
mod shop;

use std::{
    env, fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tollgate_tests::harness::{
    clock::monotonic,
    installation::{Images, Installation},
    interrupt::{self, wait},
    node::Node,
    programs,
    screen::{Screen, seconds},
};

use crate::{ledger::Ledger, shop::Shop};

/// The calls that are watched before the flag goes off.
const CALLS: u64 = 200;
/// Between two looks at the ledger: the apps need the machine more.
const REDRAW: Duration = Duration::from_millis(500);
const OFF: &str = "chat";
const ON: &str = "writing-assistant";

fn main() -> Result<()> {
    interrupt::watch()?;
    let mut args = env::args().skip(1);
    let folder = args.next().context("tollgate-demo FOLDER: where the node shall live")?;
    if let Some(word) = args.next() {
        ensure!(word == "console", "tollgate-demo FOLDER [console]: {word} is neither");
        return console::open(&Screen::on_stdout(), Path::new(&folder));
    }
    let (screen, start) = (Screen::on_stdout(), Instant::now());
    screen.title("Tollgate on a cluster: each call metered, each feature gated");
    let tollgate = set_up(&screen, Path::new(&folder))?;
    let shop = open_the_shop(&screen, &tollgate)?;
    watch_costs(&screen, &tollgate)?;
    turn_off(&screen, &shop, &folder)?;
    show_what_is_left(&screen, &tollgate)?;
    screen.step(
        "Done",
        &format!("{} s in all; the cluster stays until make demo-down", seconds(start.elapsed())),
    );
    what_next(&screen);
    Ok(())
}

/// Node, images, the chart, what is around it.
fn set_up(screen: &Screen, folder: &Path) -> Result<Installation> {
    let start = Instant::now();
    let node = Node::lasting(folder)?;
    let version =
        node.kubectl(&["get", "nodes", "--output", "jsonpath={.items[0].status.nodeInfo.kubeletVersion}"])?;
    screen.step("Node", &format!("Kubernetes {version}, ready after {} s", seconds(start.elapsed())));
    interrupt::check()?;

    let start = Instant::now();
    let images = Images::make(programs::folder())?;
    let tollgate = Installation::on(node, images)?;
    screen.step("Images", &format!("made and loaded, {} s", seconds(start.elapsed())));
    interrupt::check()?;

    let start = Instant::now();
    tollgate.install(&[])?;
    screen.step(
        "Tollgate",
        &format!(
            "helm install: two operators, a Postgres, a console; ready after {} s",
            seconds(start.elapsed())
        ),
    );
    fs::write(folder.join("environment"), ledger::reader(&tollgate)?)?;
    interrupt::check()?;

    let start = Instant::now();
    tollgate.providers()?;
    tollgate.prometheus()?;
    tollgate.apply_file("people.yaml")?;
    screen.step(
        "Around",
        &format!("stand-ins for OpenAI and Anthropic, a Prometheus, {} s", seconds(start.elapsed())),
    );
    interrupt::check()?;
    Ok(tollgate)
}

/// A namespace with a label, and apps that know nothing of it.
fn open_the_shop<'a>(screen: &Screen, tollgate: &'a Installation) -> Result<Shop<'a>> {
    let start = Instant::now();
    let shop = Shop::open(tollgate)?;
    screen.step("Shop", &format!("namespace shop, labelled {}; {} s", shop::LABEL, seconds(start.elapsed())));
    for pod in shop.pods()? {
        screen.line(&pod);
    }
    Ok(shop)
}

/// Cost by feature and user, growing.
fn watch_costs(screen: &Screen, tollgate: &Installation) -> Result<()> {
    screen.step("Costs", "as the rows arrive in Postgres");
    let ledger = Ledger(tollgate);
    let mut table = screen.table();
    let mut last = None::<Instant>;
    wait(|| {
        if last.is_some_and(|last| last.elapsed() < REDRAW) {
            return Ok(None);
        }
        last = Some(Instant::now());
        let costs = ledger.costs()?;
        table.show(&costs.lines);
        Ok((costs.calls >= CALLS).then_some(()))
    })?;
    table.keep();
    Ok(())
}

/// The admin's Enter, and what each pod's app sees of it.
fn turn_off(screen: &Screen, shop: &Shop<'_>, folder: &str) -> Result<()> {
    let file = Path::new(folder).join("chat.yaml");
    fs::write(&file, flag(false))?;
    screen.step("Off", &format!("kubectl apply: feature {OFF}, enabled: false"));
    let enter = monotonic();
    shop.apply(&file)?;
    let applied = monotonic().saturating_sub(enter);
    let mut sentence = None;
    for refusal in shop.first_refusals(enter)? {
        screen.line(&format!(
            "{:>5} ms after Enter, {}: {}",
            refusal.after.as_millis(),
            refusal.pod,
            refusal.error
        ));
        sentence = Some(refusal.sentence);
    }
    screen.line(&format!("    {}", sentence.unwrap_or_default()));
    screen.line(&format!("kubectl itself took {} ms of that", applied.as_millis()));
    let others = shop.answered_since(enter)?;
    screen.line(&format!("meanwhile {ON} goes on: {others} calls answered, none refused"));
    Ok(())
}

fn show_what_is_left(screen: &Screen, tollgate: &Installation) -> Result<()> {
    screen.step("Flag", "kubectl -n shop get featureflags.tollgate.dev");
    for line in wait(|| shop::flag_status(tollgate))?.lines() {
        screen.line(line);
    }
    screen.step("Rows", "the last ones of each kind in provider_usage_logs");
    for line in Ledger(tollgate).last_rows()? {
        screen.line(&line);
    }
    screen.step("Dashboard", "what its panels ask Prometheus");
    for line in dashboard::answers(tollgate)? {
        screen.line(&line);
    }
    Ok(())
}

fn what_next(screen: &Screen) {
    screen.title("Try next");
    for (command, what) in [
        ("make demo-console", "the console at http://localhost:7480, and a token to sign in with"),
        ("make demo-sh", "a shell in the cluster, with kubectl, helm, and psql on the ledger"),
        ("make demo-sh CMD='kubectl -n shop get tff'", "one command"),
        ("make demo-sh CMD='kubectl tollgate status'", "is all of it working"),
        ("make demo-sh CMD='kubectl tollgate top'", "what is spent, as it is spent"),
        ("make demo-sh CMD='kubectl tollgate on chat -n shop --reason \"I have seen it\" --yes'", "on again"),
        ("make demo-sh CMD='kubectl tollgate audit'", "who turned what off"),
        ("make demo-sh CMD='kubectl -n shop logs deploy/support -c app -f'", "what an app sees"),
        (
            "make demo-sh CMD='psql -c \"select feature, sum(cost_usd) from provider_usage_logs group by 1\"'",
            "the ledger",
        ),
        ("make demo-load IMAGE=app.tar", "an image of yours into the node"),
        ("make demo-down", "the end of it all"),
    ] {
        screen.line(what);
        screen.line(&format!("    {command}"));
    }
}

/// The admin's whole control: one field in one manifest.
fn flag(enabled: bool) -> String {
    format!(
        "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {OFF}, namespace: shop}}\n\
         spec: {{enabled: {enabled}}}\n"
    )
}
