//! `tollgate-standin --book FILE [--openai ADDR] [--anthropic ADDR] … [--pace MS]`: stand-ins for the providers until they are
//! killed. The first line on stdout is `{"openai": ADDR, "anthropic": ADDR, …}`.

use std::{collections::BTreeMap, io::Write, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tollgate_tests::standin::{
    Provider,
    book::Book,
    server::{Server, listen},
};

/// Any free port of loopback.
const ANY: &str = "127.0.0.1:0";

struct Args {
    book: String,
    /// One each, in the order of [`Provider::ALL`].
    addresses: [SocketAddr; Provider::ALL.len()],
    pace: Duration,
}

fn main() -> Result<()> {
    let args = Args::read()?;
    // as many connections as the system lets us have
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, maximum: files.maximum })?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run(args))
}

async fn run(args: Args) -> Result<()> {
    let book = Arc::new(Book::open(args.book.as_ref()).with_context(|| format!("the book {}", args.book))?);
    let mut bound = BTreeMap::new();
    let mut servers = tokio::task::JoinSet::new();
    for (provider, address) in Provider::ALL.into_iter().zip(args.addresses) {
        let (listener, at) = listen(address).await.with_context(|| format!("listening on {address}"))?;
        bound.insert(provider.name(), at);
        servers.spawn(Arc::new(Server::new(provider, book.clone(), args.pace)).serve(listener));
    }
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{}", serde_json::to_string(&bound)?)?;
    stdout.flush()?;
    drop(stdout);
    while let Some(ended) = servers.join_next().await {
        ended??;
    }
    Ok(())
}

// === impl Args ===

impl Args {
    fn read() -> Result<Args> {
        let (mut book, mut pace) = (None, 0);
        let mut addresses = Provider::ALL.map(|_| ANY.to_owned());
        let mut args = std::env::args().skip(1);
        while let Some(name) = args.next() {
            let value = args.next().with_context(|| format!("{name} needs a value"))?;
            let named = name.strip_prefix("--").unwrap_or_default();
            match (named, Provider::ALL.iter().position(|provider| provider.name() == named)) {
                (_, Some(at)) => addresses[at] = value,
                ("book", None) => book = Some(value),
                ("pace", None) => pace = value.parse().context("--pace is in milliseconds")?,
                (_, None) => {
                    let providers = Provider::ALL.map(|provider| format!("--{}", provider.name())).join(", ");
                    bail!("no such option: {name} (there are --book, --pace, {providers})")
                }
            }
        }
        let mut parsed = [SocketAddr::from(([127, 0, 0, 1], 0)); Provider::ALL.len()];
        for (at, address) in addresses.iter().enumerate() {
            parsed[at] = address
                .parse()
                .with_context(|| format!("{address} is no address; one is 127.0.0.1:18080"))?;
        }
        Ok(Args {
            book: book.context("--book FILE is missing: where the stand-in writes what it would bill")?,
            addresses: parsed,
            pace: Duration::from_millis(pace),
        })
    }
}
