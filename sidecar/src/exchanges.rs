//! Recorded exchanges in, a line out for each: `meter` says what it cost, `fingerprint` which group it would be shown in.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use tollgate_fingerprint::{FingerprintKey, Grouping, SketchReader};
use tollgate_ledger::AccountKey;
use tollgate_meter::{PriceBook, exchange};

use crate::fingerprints;

/// A line that cannot be read gives `{id, error}`, and the rest goes on. `prices` is a file over the built-in book, as a
/// sidecar alone takes it; `explained` adds the lines of each sum.
pub fn meter(path: &Path, prices: Option<&Path>, explained: bool) -> anyhow::Result<()> {
    let book = match prices {
        Some(path) => {
            let place = || format!("cannot take the prices file {}", path.display());
            let yaml = std::fs::read_to_string(path).with_context(place)?;
            PriceBook::with_overrides(&yaml).with_context(place)?
        }
        None => PriceBook::built_in().clone(),
    };
    let meter_line = if explained { exchange::explain_line } else { exchange::meter_line };
    let mut output = BufWriter::new(io::stdout().lock());
    for_each(path, |line| {
        writeln!(output, "{}", meter_line(line, &book)).context("cannot write the result")
    })?;
    output.flush().context("cannot write the result")
}

/// All are read before the first is told: a group is what many have in common. With a sidecar's spool folder the ids are
/// those that its installation would give; without, they are made with a key out of the exchanges themselves.
pub fn fingerprint(path: &Path, spool: Option<&Path>) -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for_each(path, |line| {
        texts.push(line.to_owned());
        Ok(())
    })?;
    let key = match spool {
        Some(folder) => fingerprints::key(&AccountKey::load_or_create(folder)?),
        None => FingerprintKey::of_texts(texts.iter().map(String::as_bytes)),
    };
    let (mut sketches, mut read) = (Vec::new(), Vec::with_capacity(texts.len()));
    for text in texts {
        read.push(exchange::read_request(&text).map(|request| {
            let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
            let mut reader =
                SketchReader::new(fingerprints::endpoint(request.endpoint, &request.path), headers);
            reader.feed(&request.body);
            sketches.push(reader.sketch(&key));
            (request.id, sketches.len() - 1)
        }));
    }
    let grouping = Grouping::of(&sketches);
    let mut output = BufWriter::new(io::stdout().lock());
    for line in read {
        match line {
            Ok((id, at)) => {
                let fingerprint = grouping.group_of(at).id(&key);
                writeln!(output, "{{\"id\":{id},\"fingerprint\":\"{fingerprint}\"}}")
            }
            Err(unreadable) => writeln!(output, "{}", unreadable.0),
        }
        .context("cannot write the result")?;
    }
    output.flush().context("cannot write the result")
}

fn for_each(path: &Path, mut each: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let input: Box<dyn BufRead> = match path.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(BufReader::new(
            File::open(path).with_context(|| format!("cannot read the exchanges {}", path.display()))?,
        )),
    };
    for line in input.split(b'\n') {
        let line = line.context("cannot read the exchanges")?;
        if !line.iter().all(u8::is_ascii_whitespace) {
            each(&String::from_utf8_lossy(&line))?;
        }
    }
    Ok(())
}
