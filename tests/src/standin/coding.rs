//! Content codings, piece by piece: each piece is flushed, so that a reader gets it whole at once.

use std::io::{self, Write};

use bytes::Bytes;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// An encoder that writes into a buffer which is emptied after each piece.
enum Encoder {
    Gzip(flate2::write::GzEncoder<Vec<u8>>),
    /// `deflate` in HTTP is the zlib format (RFC 9110, 8.4.1.2).
    Deflate(flate2::write::ZlibEncoder<Vec<u8>>),
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
}

// === impl Coding ===

impl Coding {
    pub fn named(name: &str) -> Option<Coding> {
        Some(match name {
            "gzip" => Coding::Gzip,
            "deflate" => Coding::Deflate,
            "br" => Coding::Brotli,
            "zstd" => Coding::Zstd,
            _ => return None,
        })
    }

    /// The word of the `content-encoding` header.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }

    /// The first coding of an `accept-encoding` header that we know; weights are not weighed.
    pub fn accepted(header: &str) -> Option<Coding> {
        header.split(',').find_map(|item| Coding::named(item.split(';').next()?.trim()))
    }

    /// Each piece encoded and flushed; the last one also carries the end of the coding.
    pub fn encode(self, pieces: &[Bytes]) -> io::Result<Vec<Bytes>> {
        let mut encoder = Encoder::new(self)?;
        let mut encoded = Vec::with_capacity(pieces.len());
        for piece in pieces {
            encoded.push(encoder.piece(piece)?);
        }
        let end = encoder.finish()?;
        match encoded.last_mut() {
            Some(last) => *last = [last.as_ref(), end.as_ref()].concat().into(),
            None => encoded.push(end),
        }
        Ok(encoded)
    }
}

// === impl Encoder ===

impl Encoder {
    fn new(coding: Coding) -> io::Result<Encoder> {
        let level = flate2::Compression::fast();
        Ok(match coding {
            Coding::Gzip => Encoder::Gzip(flate2::write::GzEncoder::new(Vec::new(), level)),
            Coding::Deflate => Encoder::Deflate(flate2::write::ZlibEncoder::new(Vec::new(), level)),
            Coding::Brotli => {
                Encoder::Brotli(Box::new(brotli::CompressorWriter::new(Vec::new(), 4096, 3, 20)))
            }
            Coding::Zstd => Encoder::Zstd(zstd::stream::write::Encoder::new(Vec::new(), 1)?),
        })
    }

    fn piece(&mut self, piece: &[u8]) -> io::Result<Bytes> {
        let writer: &mut dyn Write = match self {
            Encoder::Gzip(encoder) => encoder,
            Encoder::Deflate(encoder) => encoder,
            Encoder::Brotli(encoder) => encoder,
            Encoder::Zstd(encoder) => encoder,
        };
        writer.write_all(piece)?;
        writer.flush()?;
        let buffer = match self {
            Encoder::Gzip(encoder) => encoder.get_mut(),
            Encoder::Deflate(encoder) => encoder.get_mut(),
            Encoder::Brotli(encoder) => encoder.get_mut(),
            Encoder::Zstd(encoder) => encoder.get_mut(),
        };
        Ok(std::mem::take(buffer).into())
    }

    fn finish(self) -> io::Result<Bytes> {
        Ok(match self {
            Encoder::Gzip(encoder) => encoder.finish()?,
            Encoder::Deflate(encoder) => encoder.finish()?,
            Encoder::Brotli(encoder) => encoder.into_inner(),
            Encoder::Zstd(encoder) => encoder.finish()?,
        }
        .into())
    }
}

/// A coded body read whole; the harness and the tests of this module use it.
pub fn decode(coding: &str, body: &[u8]) -> io::Result<Vec<u8>> {
    use std::io::Read;

    let mut plain = Vec::new();
    match Coding::named(coding) {
        Some(Coding::Gzip) => flate2::read::MultiGzDecoder::new(body).read_to_end(&mut plain)?,
        Some(Coding::Deflate) => flate2::read::ZlibDecoder::new(body).read_to_end(&mut plain)?,
        Some(Coding::Brotli) => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain)?,
        Some(Coding::Zstd) => zstd::stream::read::Decoder::new(body)?.read_to_end(&mut plain)?,
        None => return Err(io::Error::other(format!("no such content-encoding: {coding}"))),
    };
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_in_pieces_decodes_to_the_whole() {
        let pieces =
            [Bytes::from("data: one\n\n"), Bytes::from("data: two\n\n"), Bytes::from("data: [DONE]\n\n")];
        for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
            let wire = coding.encode(&pieces).expect("encoded").concat();
            let plain = decode(coding.name(), &wire).expect("decoded");
            assert_eq!(plain, pieces.concat(), "{coding:?}");
        }
    }

    #[test]
    fn the_first_known_coding_that_a_client_accepts_is_taken() {
        assert_eq!(Coding::accepted("compress, br;q=0.5, gzip"), Some(Coding::Brotli));
        assert_eq!(Coding::accepted("identity"), None);
    }
}
