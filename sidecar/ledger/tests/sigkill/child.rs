//! The process that is killed: two workers begin and end calls, a third thread ships them into a file.
//!
//! It says on stderr `begun ID` and `ended ID` once that is so: whoever kills it knows what must be in the ledger.

use std::{
    error::Error,
    io::{self, Write},
    path::Path,
    thread,
    time::Duration,
};

use jiff::Timestamp;
use tollgate_ledger::{
    CallId, CallIds, Metadata, OpenFacts, Record, Shipper, Sink, Spool, SpoolSettings, SpoolWriter,
};
use tollgate_meter::{Outcome, Provider, Usage, UsageSource};

/// Until somebody kills it; with `drain`, until all that is there has been shipped.
pub(super) fn run(spool: &Path, ledger: &Path, drain: bool) -> Result<(), Box<dyn Error>> {
    let mut opened = Spool::open(&SpoolSettings::new(spool, 2))?;
    for orphan in opened.orphans {
        let lost = record(orphan.facts.id, Outcome::Lost);
        opened.writers[orphan.writer].append(&lost, Some(orphan.call));
    }
    let sink = Sink::file(ledger);
    if drain {
        return match ship(opened.shipper, sink, std::future::ready(()))? {
            0 => Ok(()),
            left => Err(format!("{left} records are left").into()),
        };
    }
    for writer in opened.writers {
        thread::spawn(|| work(writer));
    }
    ship(opened.shipper, sink, std::future::pending())?;
    Ok(())
}

fn work(mut writer: SpoolWriter) -> io::Result<()> {
    let mut ids = CallIds::from_os()?;
    let facts = OpenFacts {
        provider: Provider::OpenAi,
        host: "api.openai.com",
        endpoint: "/v1/chat/completions",
        feature: "chat",
        user_id: Some("ada"),
        account: None,
    };
    loop {
        let id = ids.next(Timestamp::now());
        let call = writer.begin(id, &facts);
        say("begun", id)?;
        writer.append(&record(id, Outcome::Completed), call);
        say("ended", id)?;
    }
}

fn say(what: &str, id: CallId) -> io::Result<()> {
    io::stderr().lock().write_all(format!("{what} {id}\n").as_bytes())
}

fn ship(shipper: Shipper, sink: Sink, stop: impl Future<Output = ()>) -> io::Result<u64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(shipper.run(sink, stop, Duration::from_secs(60))))
}

fn record(id: CallId, outcome: Outcome) -> Record<'static> {
    static USAGE: std::sync::LazyLock<Usage> = std::sync::LazyLock::new(Usage::default);
    Record {
        id,
        cluster: None,
        namespace: Some("shop"),
        workload: Some("web"),
        pod: Some("web-0"),
        container: None,
        feature: "chat",
        user_id: Some("ada"),
        provider: Provider::OpenAi,
        host: "api.openai.com",
        model: Some("gpt-4o"),
        endpoint: "/v1/chat/completions",
        outcome,
        status: Some(200),
        streamed: true,
        tokens: USAGE.tokens(),
        cost: None,
        usage_source: UsageSource::None,
        account: None,
        metadata: Metadata::of(&USAGE),
    }
}
