//! What one call shall play, as its header says: `x-standin: seed=7 chunks=12 delay=5ms cut=rst@3`.

use std::{str::FromStr, time::Duration};

use super::coding::Coding;

/// The header that carries a [`Directive`].
pub const HEADER: &str = "x-standin";

/// Everything a call can ask of the stand-in. The default is an ordinary good answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directive {
    /// Makes id, time and text of the answer the same each time; without it each answer is another.
    pub seed: Option<u64>,
    /// A name for the call: the book then also keeps what the provider saw of it.
    pub tag: Option<String>,
    /// The book keeps the tag alone: where there are very many calls.
    pub unseen: bool,
    /// The model that answers; default: the dated snapshot of the one asked for.
    pub model: Option<String>,

    /// Pieces of text, which is also the default of `output`.
    pub chunks: Option<u64>,
    pub input: Option<u64>,
    pub output: Option<u64>,
    pub cached: u64,
    pub write_5m: u64,
    pub write_1h: u64,
    pub reasoning: u64,

    /// Time before the head of the answer.
    pub latency: Duration,
    /// Time before each piece of the body.
    pub delay: Duration,
    /// The body leaves in frames of this many bytes, wherever that cuts.
    pub split: Option<usize>,
    /// Lines of a stream end with CRLF.
    pub crlf: bool,
    pub coding: Option<Encoding>,

    pub fault: Option<Fault>,
}

/// The content coding of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The first coding of the request's `accept-encoding` that is known.
    Accepted,
    /// This one, whatever was asked.
    Forced(Coding),
}

/// How the call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An error of the provider's own shape.
    Status(u16),
    /// A 200 whose JSON stops in the middle, with a length that fits.
    BrokenJson,
    /// A good answer that says no usage anywhere.
    NoUsage,
    /// A stream that ends in good order, but without its terminal event.
    NoEnd,
    /// The connection is closed without a byte.
    Hangup,
    /// The head comes, then nothing, until the client goes.
    Silence,
    /// An error event after this many events of a stream.
    ErrorEvent { after: usize },
    /// The connection ends early.
    Cut { at: CutAt, how: CutHow },
    /// Answered at once, while the request's body is still on its way.
    AnswerEarly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutAt {
    Events(usize),
    Bytes(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutHow {
    Fin,
    Rst,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{word}` in {HEADER}: {wanted}")]
pub struct DirectiveError {
    word: String,
    wanted: &'static str,
}

// === impl Directive ===

impl FromStr for Directive {
    type Err = DirectiveError;

    fn from_str(text: &str) -> Result<Self, DirectiveError> {
        let mut directive = Directive::default();
        for word in text.split_ascii_whitespace() {
            directive.take(word).map_err(|wanted| DirectiveError { word: word.to_owned(), wanted })?;
        }
        Ok(directive)
    }
}

impl Directive {
    fn take(&mut self, word: &str) -> Result<(), &'static str> {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "seed" => self.seed = Some(number(value)?),
            "tag" => self.tag = Some(value.to_owned()),
            "unseen" => self.unseen = true,
            "model" => self.model = Some(value.to_owned()),
            "chunks" => self.chunks = Some(number(value)?),
            "input" => self.input = Some(number(value)?),
            "output" => self.output = Some(number(value)?),
            "cached" => self.cached = number(value)?,
            "write5m" => self.write_5m = number(value)?,
            "write1h" => self.write_1h = number(value)?,
            "reasoning" => self.reasoning = number(value)?,
            "latency" => self.latency = millis(value)?,
            "delay" => self.delay = millis(value)?,
            "split" => self.split = Some(size(value)?.max(1)),
            "crlf" => self.crlf = true,
            "encoding" => self.coding = Some(encoding(value)?),
            _ => self.fault = Some(fault(key, value)?),
        }
        Ok(())
    }
}

fn fault(key: &str, value: &str) -> Result<Fault, &'static str> {
    Ok(match key {
        "status" => {
            let status = value.parse().ok().filter(|status| (400..600).contains(status));
            Fault::Status(status.ok_or("a status from 400 to 599 is wanted")?)
        }
        "broken-json" => Fault::BrokenJson,
        "no-usage" => Fault::NoUsage,
        "no-end" => Fault::NoEnd,
        "hangup" => Fault::Hangup,
        "silence" => Fault::Silence,
        "error-event" => Fault::ErrorEvent { after: size(value)? },
        "cut" => cut(value)?,
        "early" => Fault::AnswerEarly,
        _ => return Err("no such word"),
    })
}

fn cut(value: &str) -> Result<Fault, &'static str> {
    const WANTED: &str = "fin@EVENTS, rst@EVENTS or the same with BYTESb is wanted";
    let (how, at) = value.split_once('@').ok_or(WANTED)?;
    let how = match how {
        "fin" => CutHow::Fin,
        "rst" => CutHow::Rst,
        _ => return Err(WANTED),
    };
    let at = match at.strip_suffix('b') {
        Some(bytes) => CutAt::Bytes(bytes.parse().map_err(|_| WANTED)?),
        None => CutAt::Events(at.parse().map_err(|_| WANTED)?),
    };
    Ok(Fault::Cut { at, how })
}

fn encoding(value: &str) -> Result<Encoding, &'static str> {
    if value == "accepted" {
        return Ok(Encoding::Accepted);
    }
    Coding::named(value).map(Encoding::Forced).ok_or("accepted, gzip, deflate, br or zstd is wanted")
}

fn number(value: &str) -> Result<u64, &'static str> {
    value.parse().map_err(|_| "a number is wanted")
}

fn size(value: &str) -> Result<usize, &'static str> {
    value.parse().map_err(|_| "a number is wanted")
}

fn millis(value: &str) -> Result<Duration, &'static str> {
    value
        .strip_suffix("ms")
        .and_then(|ms| ms.parse().ok())
        .map(Duration::from_millis)
        .ok_or("a time such as 5ms is wanted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_header_is_an_ordinary_answer() {
        assert_eq!("".parse(), Ok(Directive::default()));
    }

    #[test]
    fn words_are_read_in_any_order() {
        let read: Directive =
            "cut=rst@3 seed=7 delay=5ms encoding=br tag=a".parse().expect("a good directive");
        let wanted = Directive {
            seed: Some(7),
            tag: Some("a".to_owned()),
            delay: Duration::from_millis(5),
            coding: Some(Encoding::Forced(Coding::Brotli)),
            fault: Some(Fault::Cut { at: CutAt::Events(3), how: CutHow::Rst }),
            ..Directive::default()
        };
        assert_eq!(read, wanted);
    }

    #[test]
    fn an_unknown_word_is_named() {
        let error = "seed=7 sed=8".parse::<Directive>().expect_err("a typo");
        assert_eq!(error.to_string(), "`sed=8` in x-standin: no such word");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in ".{0,60}") {
            let _ = text.parse::<Directive>();
        }
    }
}
