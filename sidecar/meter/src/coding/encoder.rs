use std::io::Write;

use brotli::CompressorWriter;
use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};
use zstd::stream::write::Encoder as ZstdEncoder;

use super::Coding;

/// Packs an edited stream again, as it was packed; each flush makes all that was put in readable.
pub(crate) enum Encoder {
    Gzip(GzEncoder<Vec<u8>>),
    Deflate(ZlibEncoder<Vec<u8>>),
    /// As some servers send it: without its frame.
    RawDeflate(DeflateEncoder<Vec<u8>>),
    Brotli(Box<CompressorWriter<Vec<u8>>>),
    Zstd(ZstdEncoder<'static, Vec<u8>>),
}

/// A stream's events are small and flushed one by one: more effort finds little more.
const DEFLATE_LEVEL: u32 = 4;
const ZSTD_LEVEL: i32 = 1;
const BROTLI_QUALITY: u32 = 2;
/// 64 KiB of window: an event repeats the one before it, and each stream has a window of its own.
const BROTLI_WINDOW_LOG: u32 = 16;
const BROTLI_BUFFER: usize = 4096;
const ZSTD_WINDOW_LOG: u32 = 17;

// === impl Encoder ===

impl Encoder {
    /// `None` where nothing is to be coded, or nobody can.
    pub(crate) fn new(coding: Coding) -> Option<Self> {
        let out = Vec::new();
        match coding {
            Coding::Identity | Coding::Unknown => None,
            Coding::Gzip => Some(Self::Gzip(GzEncoder::new(out, Compression::new(DEFLATE_LEVEL)))),
            Coding::Deflate => Some(Self::Deflate(ZlibEncoder::new(out, Compression::new(DEFLATE_LEVEL)))),
            Coding::Brotli => {
                let writer = CompressorWriter::new(out, BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW_LOG);
                Some(Self::Brotli(Box::new(writer)))
            }
            Coding::Zstd => {
                let mut encoder = ZstdEncoder::new(out, ZSTD_LEVEL).ok()?;
                encoder.window_log(ZSTD_WINDOW_LOG).ok()?;
                Some(Self::Zstd(encoder))
            }
        }
    }

    pub(crate) fn raw_deflate() -> Self {
        Self::RawDeflate(DeflateEncoder::new(Vec::new(), Compression::new(DEFLATE_LEVEL)))
    }

    /// Packs `plain`, flushes, and appends what that gives to `out`.
    pub(crate) fn encode(&mut self, plain: &[u8], out: &mut Vec<u8>) {
        let writer: &mut dyn Write = match self {
            Self::Gzip(encoder) => encoder,
            Self::Deflate(encoder) => encoder,
            Self::RawDeflate(encoder) => encoder,
            Self::Brotli(encoder) => encoder,
            Self::Zstd(encoder) => encoder,
        };
        // the writer is a Vec: it takes everything
        let written = writer.write_all(plain).and_then(|()| writer.flush());
        debug_assert!(written.is_ok());
        out.append(match self {
            Self::Gzip(encoder) => encoder.get_mut(),
            Self::Deflate(encoder) => encoder.get_mut(),
            Self::RawDeflate(encoder) => encoder.get_mut(),
            Self::Brotli(encoder) => encoder.get_mut(),
            Self::Zstd(encoder) => encoder.get_mut(),
        });
    }

    /// Ends the packed body.
    pub(crate) fn finish(self, out: &mut Vec<u8>) {
        let rest = match self {
            Self::Gzip(encoder) => encoder.finish(),
            Self::Deflate(encoder) => encoder.finish(),
            Self::RawDeflate(encoder) => encoder.finish(),
            Self::Brotli(encoder) => Ok(encoder.into_inner()),
            Self::Zstd(encoder) => encoder.finish(),
        };
        out.append(&mut rest.unwrap_or_default());
    }
}
