//! Namespace `shop`: the apps of `tests/cluster/apps.yaml`, and the events that they print.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tollgate_tests::harness::{installation::Installation, interrupt::wait};

/// All that an admin does to an app's namespace.
pub(crate) const LABEL: &str = "tollgate.dev/inject=enabled";

/// The namespace, open.
pub(crate) struct Shop<'a>(&'a Installation);

/// The first refusal that an app saw.
pub(crate) struct Refusal {
    pub(crate) pod: String,
    /// From the admin's Enter to the exception in the app.
    pub(crate) after: Duration,
    /// The exception's class.
    pub(crate) error: String,
    /// Its message, for the app's user.
    pub(crate) sentence: String,
}

/// A line that an app prints.
#[derive(Deserialize)]
struct Event {
    event: String,
    /// Nanoseconds of the monotonic clock.
    at: u64,
    #[serde(default)]
    error: String,
    #[serde(default)]
    sentence: String,
}

// === impl Shop ===

impl Shop<'_> {
    /// Labels the namespace, then lets the apps come.
    pub(crate) fn open(tollgate: &Installation) -> Result<Shop<'_>> {
        tollgate.node.kubectl(&["create", "namespace", "shop"])?;
        tollgate.node.kubectl(&["label", "namespace", "shop", LABEL])?;
        tollgate.apply_file("apps.yaml")?;
        tollgate.rolled_out("shop", "deployment/support")?;
        tollgate.rolled_out("shop", "deployment/editor")?;
        let shop = Shop(tollgate);
        // an SDK takes a second or two to load
        wait(|| {
            let started = |app: &str| Ok::<_, anyhow::Error>(!shop.events(app)?.is_empty());
            Ok((started("support")? && started("editor")?).then_some(()))
        })?;
        Ok(shop)
    }

    /// A line a pod: its name, and what runs in it.
    pub(crate) fn pods(&self) -> Result<Vec<String>> {
        let template = "{range .items[*]}{.metadata.name}: {range .spec.initContainers[*]}{.name} (sidecar), {end}\
                        {range .spec.containers[*]}{.name}{end}{\"\\n\"}{end}";
        let path = format!("jsonpath={template}");
        let text = self.0.node.kubectl(&["--namespace", "shop", "get", "pods", "--output", &path])?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    pub(crate) fn apply(&self, file: &Path) -> Result<()> {
        let file = file.to_str().context("a path of plain text")?;
        self.0.node.kubectl(&["apply", "--filename", file]).map(drop)
    }

    /// The first refusal in each pod of `support`, once each has had one.
    pub(crate) fn first_refusals(&self, since: Duration) -> Result<Vec<Refusal>> {
        let pods = self.names("support")?;
        wait(|| {
            let events = self.events("support")?;
            let first = pods.iter().map(|pod| {
                let mut of_pod = events.iter().filter(|(of, event)| of == pod && event.event == "refused");
                of_pod.next().map(|(_, event)| Refusal {
                    pod: pod.clone(),
                    after: Duration::from_nanos(event.at).saturating_sub(since),
                    error: event.error.clone(),
                    sentence: event.sentence.clone(),
                })
            });
            Ok(first.collect::<Option<Vec<_>>>())
        })
    }

    /// How many calls were answered since, once they are some. An error when one was not.
    pub(crate) fn answered_since(&self, since: Duration) -> Result<usize> {
        wait(|| {
            let events = self.events("editor")?;
            let after = |event: &Event| Duration::from_nanos(event.at) > since;
            let (mut answered, mut others) = (0, Vec::new());
            for (_, event) in events.into_iter().filter(|(_, event)| after(event)) {
                if event.event == "answered" { answered += 1 } else { others.push(event.error) }
            }
            ensure!(others.is_empty(), "an app that is not switched off saw {others:?}");
            Ok((answered >= 20).then_some(answered))
        })
    }

    fn names(&self, app: &str) -> Result<Vec<String>> {
        let path = "jsonpath={.items[*].metadata.name}";
        let selector = format!("--selector=app={app}");
        let names =
            self.0.node.kubectl(&["--namespace", "shop", "get", "pods", &selector, "--output", path])?;
        Ok(names.split_whitespace().map(str::to_owned).collect())
    }

    /// What the pods of an app said, with the pod's name.
    fn events(&self, app: &str) -> Result<Vec<(String, Event)>> {
        let selector = format!("--selector=app={app}");
        let logs = ["--namespace", "shop", "logs", &selector, "--container=app", "--prefix", "--tail=2000"];
        let text = self.0.node.kubectl(&logs)?;
        ensure!(!text.contains("Traceback"), "an app failed:\n{text}");
        let events = text.lines().map(|line| {
            // [pod/NAME/app] {…}
            let (source, event) = line.split_once("] ").context("a line has its pod in front")?;
            let pod = source.split('/').nth(1).context("a pod has a name")?;
            let event = serde_json::from_str(event).with_context(|| format!("an app says {event}"))?;
            Ok((pod.to_owned(), event))
        });
        events.collect()
    }
}

/// The flag as `kubectl get` shows it, once it says how many sidecars hold it.
pub(crate) fn flag_status(tollgate: &Installation) -> Result<Option<String>> {
    let flag = |output: &str| {
        tollgate.node.kubectl(&[
            "--namespace",
            "shop",
            "get",
            "featureflags.tollgate.dev",
            "chat",
            "--output",
            output,
        ])
    };
    let sidecars = flag("jsonpath={.status.sidecars.current}")?;
    Ok(if sidecars.is_empty() || sidecars == "0" { None } else { Some(flag("wide")?) })
}
