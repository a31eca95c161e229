//! `tollgate-standin --book FILE [--openai ADDR] [--anthropic ADDR] [--pace MS]`: stand-ins for OpenAI and
//! Anthropic until they are killed. The first line on stdout is `{"openai": ADDR, "anthropic": ADDR}`.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

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
    openai: SocketAddr,
    anthropic: SocketAddr,
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
    let (openai, openai_at) =
        listen(args.openai).await.with_context(|| format!("listening on {}", args.openai))?;
    let (anthropic, anthropic_at) =
        listen(args.anthropic).await.with_context(|| format!("listening on {}", args.anthropic))?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, r#"{{"openai": "{openai_at}", "anthropic": "{anthropic_at}"}}"#)?;
    stdout.flush()?;
    drop(stdout);

    let server = |provider| Arc::new(Server::new(provider, book.clone(), args.pace));
    let other = tokio::spawn(server(Provider::Anthropic).serve(anthropic));
    server(Provider::OpenAi).serve(openai).await?;
    other.await??;
    Ok(())
}

// === impl Args ===

impl Args {
    fn read() -> Result<Args> {
        let (mut book, mut openai, mut anthropic, mut pace) = (None, ANY.to_owned(), ANY.to_owned(), 0);
        let mut args = std::env::args().skip(1);
        while let Some(name) = args.next() {
            let value = args.next().with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--book" => book = Some(value),
                "--openai" => openai = value,
                "--anthropic" => anthropic = value,
                "--pace" => pace = value.parse().context("--pace is in milliseconds")?,
                _ => bail!("no such option: {name} (there are --book, --openai, --anthropic, --pace)"),
            }
        }
        Ok(Args {
            book: book.context("--book FILE is missing: where the stand-in writes what it would bill")?,
            openai: openai.parse().context("--openai is an address such as 127.0.0.1:18080")?,
            anthropic: anthropic.parse().context("--anthropic is an address such as 127.0.0.1:18081")?,
            pace: Duration::from_millis(pace),
        })
    }
}
