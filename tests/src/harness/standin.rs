//! The stand-in providers as a process of their own, and their book.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use rustix::process::Signal;
use serde::Deserialize;

use super::{process::Process, programs, wait};
use crate::standin::{
    Provider,
    book::{Book, Ending, Entry},
};

/// Stand-ins for the providers.
#[derive(Debug)]
pub struct Standin {
    pub openai: SocketAddr,
    pub anthropic: SocketAddr,
    pub google: SocketAddr,
    pub xai: SocketAddr,
    pub openrouter: SocketAddr,
    pub book: PathBuf,
    process: Process,
    folder: PathBuf,
}

/// The stand-in's first line.
#[derive(Deserialize)]
struct Addresses {
    openai: SocketAddr,
    anthropic: SocketAddr,
    google: SocketAddr,
    xai: SocketAddr,
    openrouter: SocketAddr,
}

// === impl Standin ===

impl Standin {
    /// Starts it on free ports, with its book in `folder`.
    pub fn start(folder: &Path) -> Result<Standin> {
        Standin::start_with(folder, &[])
    }

    /// The same with more options (`--pace`, `--openai`, …).
    pub fn start_with(folder: &Path, options: &[&str]) -> Result<Standin> {
        let book = folder.join("book.jsonl");
        let mut command = Command::new(programs::standin());
        command.arg("--book").arg(&book).args(options);
        let mut process = Process::start("standin", &mut command, folder)?;
        let Addresses { openai, anthropic, google, xai, openrouter } = wait::within(wait::DEADLINE, || {
            let log = process.log();
            let line = log.split_once('\n').map(|(line, _)| line.to_owned());
            match (line, process.ended()) {
                (Some(line), _) => Ok(serde_json::from_str(&line)),
                (None, Ok(None)) => Err(log),
                (None, ended) => Err(format!("{ended:?} {log}")),
            }
        })
        .map_err(anyhow::Error::msg)
        .context("the stand-in does not start")??;
        Ok(Standin { openai, anthropic, google, xai, openrouter, book, process, folder: folder.to_owned() })
    }

    /// SIGKILL: calls in flight break off, and nobody listens.
    pub fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill()?)
    }

    /// For a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        Ok(self.process.ends_with_us()?)
    }

    /// Starts it on the same addresses, with the same book, after [`Standin::kill`].
    pub fn start_again(&mut self) -> Result<()> {
        let mut command = Command::new(programs::standin());
        command.arg("--book").arg(&self.book);
        for provider in Provider::ALL {
            command.arg(format!("--{}", provider.name())).arg(self.address(provider).to_string());
        }
        self.process = Process::start("standin", &mut command, &self.folder)?;
        wait::within(wait::DEADLINE, || {
            Provider::ALL
                .into_iter()
                .try_for_each(|provider| TcpStream::connect(self.address(provider)).map(drop))
        })
        .context("the stand-in does not start again")
    }

    /// Where one of them listens.
    pub fn address(&self, provider: Provider) -> SocketAddr {
        match provider {
            Provider::OpenAi => self.openai,
            Provider::Anthropic => self.anthropic,
            Provider::Google => self.google,
            Provider::Xai => self.xai,
            Provider::OpenRouter => self.openrouter,
        }
    }

    /// SIGSTOP, SIGCONT and the like.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        Ok(self.process.signal(signal)?)
    }

    /// All calls in the book.
    ///
    /// # Panics
    /// When the book cannot be read.
    pub fn entries(&self) -> Vec<Entry> {
        if !fs::exists(&self.book).expect("the folder of the book") {
            return Vec::new();
        }
        Book::read(&self.book).expect("the book").into_values().collect()
    }

    /// The calls that were sent with `tag=TAG`.
    pub fn tagged(&self, tag: &str) -> Vec<Entry> {
        self.entries().into_iter().filter(|entry| entry.tag.as_deref() == Some(tag)).collect()
    }

    /// The one call with this tag, once it is in the book.
    pub fn entry(&self, tag: &str) -> Entry {
        wait::eventually(&format!("the call tagged {tag} in the book"), || {
            let [entry] = <[Entry; 1]>::try_from(self.tagged(tag))?;
            Ok::<_, Vec<Entry>>(entry)
        })
    }

    /// The one call with this tag, once it has ended in this way.
    pub fn entry_ended(&self, tag: &str, ending: Ending) -> Entry {
        wait::eventually(&format!("the call tagged {tag} to end as {ending:?}"), || {
            let entry = self.entry(tag);
            if entry.ending == ending { Ok(entry) } else { Err(Box::new(entry)) }
        })
    }
}
