//! A writer of JSON objects into a buffer: no allocation but the buffer's growth, no intermediate values.

use std::io::Write;

use jiff::{Timestamp, tz::Offset};
use tollgate_meter::{Cost, Shown};

use crate::call_id::CallId;

/// An object being written. `end` closes it; names are ours and need no escape.
pub(super) struct Object<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

/// The length of a time as [`time`] writes it, its quotes included.
pub(crate) const TIME_LEN: usize = r#""2026-11-25T10:20:30.456Z""#.len();

/// Bytes that cannot stand in a string as they are: control characters, the quote, the backslash.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escaped[byte] = true;
        byte += 1;
    }
    escaped[b'"' as usize] = true;
    escaped[b'\\' as usize] = true;
    escaped
};

// === impl Object ===

impl<'a> Object<'a> {
    pub(super) fn begin(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, first: true }
    }

    pub(super) fn end(self) {
        self.out.push(b'}');
    }

    pub(super) fn id(&mut self, name: &str, id: CallId) {
        self.name(name);
        self.out.push(b'"');
        id.write(self.out);
        self.out.push(b'"');
    }

    pub(super) fn time(&mut self, name: &str, at: Timestamp) {
        self.name(name);
        self.out.extend_from_slice(&time(at));
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        string(self.out, value);
    }

    pub(super) fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(super) fn text_or_null(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.null(name),
        }
    }

    pub(super) fn texts(&mut self, name: &str, values: &[Box<str>]) {
        self.name(name);
        self.out.push(b'[');
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            string(self.out, value);
        }
        self.out.push(b']');
    }

    pub(super) fn number(&mut self, name: &str, value: u64) {
        self.name(name);
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    pub(super) fn shown(&mut self, name: &str, value: Shown) {
        match value {
            Shown::Whole(count) => self.number(name, count),
            fraction @ Shown::Fraction { .. } => {
                self.name(name);
                // writing to a vector cannot fail
                let _ = write!(self.out, "{fraction}");
            }
        }
    }

    pub(super) fn number_or_null(&mut self, name: &str, value: Option<u64>) {
        match value {
            Some(value) => self.number(name, value),
            None => self.null(name),
        }
    }

    pub(super) fn boolean(&mut self, name: &str, value: bool) {
        self.name(name);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// An exact decimal in a string: readers that take numbers for floats would lose digits.
    pub(super) fn cost_or_null(&mut self, name: &str, cost: Option<Cost>) {
        let Some(cost) = cost else { return self.null(name) };
        self.name(name);
        self.out.push(b'"');
        decimal(self.out, cost.picos());
        self.out.push(b'"');
    }

    pub(super) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.name(name);
        let mut inner = Object::begin(self.out);
        fill(&mut inner);
        inner.end();
    }

    fn null(&mut self, name: &str) {
        self.name(name);
        self.out.extend_from_slice(b"null");
    }

    fn name(&mut self, name: &str) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

/// A time as JSON: RFC 3339 in UTC, to the millisecond.
pub(crate) fn time(at: Timestamp) -> [u8; TIME_LEN] {
    let civil = Offset::UTC.to_datetime(at);
    let mut text = *br#""0000-00-00T00:00:00.000Z""#;
    let mut put = |at: usize, digits: usize, value: i32| {
        let mut rest = value.unsigned_abs();
        for place in (at..at + digits).rev() {
            text[place] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    };
    put(1, 4, i32::from(civil.year()));
    put(6, 2, i32::from(civil.month()));
    put(9, 2, i32::from(civil.day()));
    put(12, 2, i32::from(civil.hour()));
    put(15, 2, i32::from(civil.minute()));
    put(18, 2, i32::from(civil.second()));
    put(21, 3, civil.subsec_nanosecond() / 1_000_000);
    text
}

fn string(out: &mut Vec<u8>, value: &str) {
    let bytes = value.as_bytes();
    out.push(b'"');
    let mut plain = 0;
    for (place, &byte) in bytes.iter().enumerate() {
        if ESCAPED[usize::from(byte)] {
            out.extend_from_slice(&bytes[plain..place]);
            escape(out, byte);
            plain = place + 1;
        }
    }
    out.extend_from_slice(&bytes[plain..]);
    out.push(b'"');
}

#[cold]
fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        // Postgres holds no NUL in text, escaped or not: U+FFFD stands where one was.
        0 => out.extend_from_slice("\u{fffd}".as_bytes()),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}

/// An amount of 1e-12 USD as the shortest exact decimal.
fn decimal(out: &mut Vec<u8>, picos: u128) {
    const ONE: u128 = 1_000_000_000_000;
    out.extend_from_slice(itoa::Buffer::new().format(picos / ONE).as_bytes());
    let mut fraction = picos % ONE;
    if fraction == 0 {
        return;
    }
    let mut digits = [b'0'; 12];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    let significant = digits.iter().rposition(|&digit| digit != b'0').map_or(0, |last| last + 1);
    out.push(b'.');
    out.extend_from_slice(&digits[..significant]);
}
