//! `tollgate-sidecar meter`: recorded exchanges in, a line of usage and cost out for each.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use tollgate_meter::{PriceBook, exchange};

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
    let input: Box<dyn BufRead> = match path.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(BufReader::new(
            File::open(path).with_context(|| format!("cannot read the exchanges {}", path.display()))?,
        )),
    };
    let mut output = BufWriter::new(io::stdout().lock());
    for line in input.split(b'\n') {
        let line = line.context("cannot read the exchanges")?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let metered = meter_line(&String::from_utf8_lossy(&line), &book);
        writeln!(output, "{metered}").context("cannot write the result")?;
    }
    output.flush().context("cannot write the result")
}
