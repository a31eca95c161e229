//! A company with ninety days behind it (`tests/browser`), and its console: once for this program.

use std::{
    fs,
    sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use tollgate_tests::harness::{
    console::{ADMIN, Console, READER},
    fleet::Fleet,
    journey, programs, python, wait,
    world::chat,
};

/// All that a journey goes through.
pub(crate) struct Company {
    pub(crate) fleet: Fleet,
    console: Console,
}

static COMPANY: LazyLock<RwLock<Company>> =
    LazyLock::new(|| RwLock::new(Company::open().expect("a company")));

/// Beside other journeys.
pub(crate) fn shared() -> RwLockReadGuard<'static, Company> {
    COMPANY.read().unwrap_or_else(PoisonError::into_inner)
}

/// Alone: something of it goes away meanwhile.
pub(crate) fn disturbed() -> RwLockWriteGuard<'static, Company> {
    COMPANY.write().unwrap_or_else(PoisonError::into_inner)
}

// === impl Company ===

impl Company {
    fn open() -> Result<Company> {
        let mut fleet = Fleet::start(1, &[])?;
        fleet.postgres.ends_with_us()?;
        wait::eventually("the ledger's roles", || fleet.ask("select 'tollgate_console'::regrole"));
        fleet.ask(&file("quarter.sql")?)?;
        fleet.runtime.block_on(async {
            Console::install(&fleet.cluster).await?;
            READER.with(&fleet.cluster, "tollgate-viewer", false).await?;
            ADMIN.with(&fleet.cluster, "tollgate-admin", true).await
        })?;
        // after people were given their own: a namespace has the labels that it was given last
        for name in ["shop", "support", "content", "finance"] {
            fleet.namespace(name, &[])?;
        }
        for document in serde_yaml::Deserializer::from_str(&file("scene.yaml")?) {
            fleet.apply(&Value::deserialize(document)?)?;
        }
        for _ in 0..2 {
            fleet.pod_without_feature("shop")?;
        }
        let ledger = format!("--database-url={}", fleet.postgres.url_as("tollgate_console", "ledger"));
        let arguments = [ledger.as_str()];
        let console = Console::start(&fleet.plane, &fleet.cluster, fleet.folder(), &arguments);
        let console = fleet.runtime.block_on(console)?;
        fleet.ends_with_us()?;
        console.ends_with_us()?;
        wait::eventually("the rollup of what was before", || {
            let open = fleet.ask("select count(*) from usage_dirty where hour < date_trunc('hour', now())");
            if open.as_ref().is_ok_and(|open| open == "0") { Ok(()) } else { Err(open) }
        });
        Ok(Company { fleet, console })
    }

    /// One journey, in which nothing goes away.
    pub(crate) fn goes(&self, name: &str) {
        journey::go(name, &self.told().expect("tokens"), |what, with| self.does(what, with));
    }

    /// One journey on which `hands` take things away and bring them back.
    pub(crate) fn goes_while(
        &mut self,
        name: &str,
        hands: impl Fn(&mut Fleet, &str, &Value) -> Result<Value>,
    ) {
        let told = self.told().expect("tokens");
        journey::go(name, &told, |what, with| match what {
            "call" | "sdk" | "apply" | "get" => self.does(what, with),
            _ => hands(&mut self.fleet, what, with),
        });
    }

    /// As a program fetches it that has an admin's token.
    pub(crate) fn file(&self, path: &str) -> String {
        let token = self.fleet.runtime.block_on(ADMIN.token(&self.fleet.cluster)).expect("a token");
        let reply = self.console.api(path, &token);
        assert_eq!(reply.status(), 200, "{}", reply.text());
        reply.text()
    }

    /// What a journey is told.
    fn told(&self) -> Result<Value> {
        let token = |person: tollgate_tests::harness::console::Person| {
            self.fleet.runtime.block_on(person.token(&self.fleet.cluster))
        };
        Ok(json!({
            // as by kubectl port-forward
            "console": format!("http://localhost:{}", self.console.address.port()),
            "tokens": {"admin": token(ADMIN)?, "reader": token(READER)?},
        }))
    }

    fn does(&self, what: &str, with: &Value) -> Result<Value> {
        let text = |name: &str| with[name].as_str().with_context(|| format!("{what} needs {name}"));
        let base = self.fleet.pods[0].sidecar.base;
        match what {
            // a call of an app; its status
            "call" => {
                let call =
                    chat(json!({}), "input=1000 output=500").header("x-tollgate-feature", text("feature")?);
                Ok(json!(call.under("/openai").send(base).status()))
            }
            // the same by the official SDK; what the app gets
            "sdk" => {
                let base = format!("http://{base}/openai/v1");
                Ok(python::run("openai_calls.py", &[("BASE_URL", &base), ("FEATURE", text("feature")?)]))
            }
            // by somebody else, past the console
            "apply" => self.fleet.apply(with).map(|()| Value::Null),
            "get" => self.fleet.get(text("kind")?, text("namespace")?, text("name")?),
            other => bail!("nobody knows how to do {other:?}"),
        }
    }
}

fn file(name: &str) -> Result<String> {
    let path = programs::root().join("tests/browser").join(name);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}
