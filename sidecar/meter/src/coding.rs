//! Content codings: the decoder that the reader sees through, and the encoder that the hider hands on with.

mod decoder;
mod encoder;

pub(crate) use decoder::Decoder;
pub(crate) use encoder::Encoder;

/// How the body's bytes are coded on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
    /// A coding we cannot read (or several): bytes pass, the answer is not metered from them.
    Unknown,
}

// === impl Coding ===

impl Coding {
    /// From the value of `Content-Encoding`; absent means identity.
    pub fn of(header: Option<&str>) -> Self {
        let Some(value) = header else { return Self::Identity };
        let mut codings = value
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"));
        let Some(name) = codings.next() else { return Self::Identity };
        if codings.next().is_some() {
            return Self::Unknown;
        }
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        match () {
            () if is("gzip") || is("x-gzip") => Self::Gzip,
            () if is("deflate") => Self::Deflate,
            () if is("br") => Self::Brotli,
            () if is("zstd") => Self::Zstd,
            () => Self::Unknown,
        }
    }
}
