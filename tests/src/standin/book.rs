//! The book: what the stand-in would have billed, one JSON line a call, written before the answer leaves.
//! A call that does not end well gets a second line with the same id, which replaces the first.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::Provider;

/// An append-only file of [`Entry`] lines; each line is one write.
#[derive(Debug)]
pub struct Book(Mutex<File>);

/// One call to an endpoint that is billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When the call came, in microseconds of Unix time.
    #[serde(default)]
    pub at: u64,
    /// The provider's id of the answer (`chatcmpl-…`, `msg_…`); of an error, its request id.
    pub id: String,
    pub provider: Provider,
    pub endpoint: String,
    pub model: String,
    pub status: u16,
    pub streamed: bool,
    #[serde(flatten)]
    pub tokens: Tokens,
    /// How much of `output_tokens` had been handed to the connection when the answer ended.
    pub delivered_tokens: u64,
    pub ending: Ending,
    pub tag: Option<String>,
    pub seen: Option<Seen>,
}

/// What is billed. `input_tokens` is all input, cached and cache writes included; `output_tokens` is all
/// output, reasoning included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    pub input_tokens: u64,
    pub cached_input_tokens: u64,
    pub cache_write_5m_tokens: u64,
    pub cache_write_1h_tokens: u64,
    pub output_tokens: u64,
    pub reasoning_tokens: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// All of the answer was handed to the connection.
    Whole,
    /// The stand-in broke the answer off, as it was told.
    Cut,
    /// The client went away first.
    ClientGone,
}

/// The request as it arrived, kept for calls with a tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub method: String,
    pub path: String,
    /// In order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Not kept beyond [`SEEN_BODY`] bytes.
    pub body: String,
    pub body_bytes: usize,
}

/// How much of a request's body is kept.
pub const SEEN_BODY: usize = 64 << 10;

// === impl Book ===

impl Book {
    pub fn open(path: &Path) -> io::Result<Book> {
        OpenOptions::new().create(true).append(true).open(path).map(|file| Book(Mutex::new(file)))
    }

    pub fn write(&self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }

    /// All calls by their id, each as its last line has it.
    pub fn read(path: &Path) -> io::Result<BTreeMap<String, Entry>> {
        Ok(Book::lines(path)?.into_iter().map(|entry| (entry.id.clone(), entry)).collect())
    }

    /// Line by line, as they were written.
    pub fn lines(path: &Path) -> io::Result<Vec<Entry>> {
        let text = std::fs::read_to_string(path)?;
        // the last line may still be on its way
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).map_err(io::Error::from)).collect()
    }
}

// === impl Seen ===

impl Seen {
    /// The last header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_line_replaces_an_earlier_one_and_half_a_line_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("book.jsonl");
        let book = Book::open(&path).expect("a book");
        let mut entry = Entry {
            at: 1,
            id: "chatcmpl-1".to_owned(),
            provider: Provider::OpenAi,
            endpoint: "/v1/chat/completions".to_owned(),
            model: "gpt-4o-mini".to_owned(),
            status: 200,
            streamed: true,
            tokens: Tokens { input_tokens: 9, output_tokens: 5, ..Tokens::default() },
            delivered_tokens: 5,
            ending: Ending::Whole,
            tag: None,
            seen: None,
        };
        book.write(&entry).expect("written");
        entry.ending = Ending::Cut;
        entry.delivered_tokens = 2;
        book.write(&entry).expect("written");
        book.0.lock().expect("the file").write_all(b"{\"id\":").expect("half a line");

        let read = Book::read(&path).expect("read");
        assert_eq!(read.into_values().collect::<Vec<_>>(), [entry]);
    }
}
