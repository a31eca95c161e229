use brotli::{BrotliDecompressStream, BrotliResult, BrotliState, enc::StandardAlloc};
use flate2::{Decompress, FlushDecompress, Status};
use zstd::stream::raw::{DParameter, Decoder as ZstdDecoder, InBuffer, Operation, OutBuffer};

use super::Coding;
use crate::answer::Fault;

/// Unpacks a body in pieces, through one buffer, however much it unpacks to.
pub(crate) struct Decoder {
    format: Format,
    plain: Box<[u8]>,
    bytes_in: u64,
    bytes_out: u64,
    /// The packed body has ended; more of it may follow, and must then begin anew.
    at_end: bool,
    /// What followed such an end, while nothing has come out of it.
    follows: Option<Vec<u8>>,
    /// What followed is no packed body: nothing is unpacked any more.
    is_over: bool,
}

enum Format {
    Gzip(Decompress),
    /// Zlib, as the standard says, or raw, as some servers send: the first byte tells.
    Deflate {
        decompress: Option<Decompress>,
        is_raw: bool,
    },
    Brotli(Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>),
    Zstd(ZstdDecoder<'static>),
}

/// What one step did.
struct Step {
    consumed: usize,
    produced: usize,
    ended: bool,
}

const BUFFER: usize = 16 * 1024;
/// RFC 9659: content coded with zstd needs no window of more than 8 MiB.
const ZSTD_WINDOW_LOG: u32 = 23;
/// No coding needs more than this to yield its first byte.
const HEAD: usize = 64 * 1024;
/// Text packs to a tenth, at most to a fiftieth. Past this much more than came in, it is no text.
const BOMB_RATIO: u64 = 256;
/// And this much is free, so that a short body of spaces is no bomb.
const BOMB_FREE: u64 = 16 << 20;

// === impl Decoder ===

impl Decoder {
    /// `None` where there is nothing to decode, or nobody who could.
    pub(crate) fn new(coding: Coding) -> Option<Self> {
        let format = match coding {
            Coding::Identity | Coding::Unknown => return None,
            Coding::Gzip => Format::gzip(),
            Coding::Deflate => Format::Deflate { decompress: None, is_raw: false },
            Coding::Brotli => Format::brotli(),
            Coding::Zstd => Format::zstd()?,
        };
        let plain = vec![0; BUFFER].into_boxed_slice();
        Some(Self { format, plain, bytes_in: 0, bytes_out: 0, at_end: false, follows: None, is_over: false })
    }

    /// Deflate without the frame that the standard asks for.
    pub(crate) fn is_raw_deflate(&self) -> bool {
        matches!(self.format, Format::Deflate { is_raw: true, .. })
    }

    /// Hands on what `wire` unpacks to, piece by piece. Whoever unpacks passes over what follows the end of a packed body and
    /// is none; so does this.
    pub(crate) fn decode(&mut self, mut wire: &[u8], mut hand_on: impl FnMut(&[u8])) -> Result<(), Fault> {
        self.bytes_in += wire.len() as u64;
        loop {
            if self.is_over {
                self.follows.get_or_insert_default().extend_from_slice(wire);
                return Ok(());
            }
            if self.at_end {
                if wire.is_empty() {
                    return Ok(());
                }
                self.follows = Some(Vec::new());
                self.is_over = self.format.begin_anew().is_none();
                self.at_end = false;
                continue;
            }
            let step = match (self.format.step(wire, &mut self.plain), &self.follows) {
                (Ok(step), _) => step,
                (Err(_no_body), Some(_)) => {
                    self.is_over = true;
                    continue;
                }
                (Err(fault), None) => return Err(fault),
            };
            let (consumed, left) = wire.split_at_checked(step.consumed).unwrap_or((wire, &[]));
            wire = left;
            if step.produced > 0
                || step.ended
                || self.follows.as_ref().is_some_and(|follows| follows.len() > HEAD)
            {
                self.follows = None;
            }
            if let Some(follows) = &mut self.follows {
                follows.extend_from_slice(consumed);
            }
            self.bytes_out += step.produced as u64;
            self.at_end = step.ended;
            if self.bytes_out > BOMB_FREE.saturating_add(self.bytes_in.saturating_mul(BOMB_RATIO)) {
                return Err(Fault::Bomb);
            }
            hand_on(self.plain.get(..step.produced).unwrap_or_default());
            let may_hold_more = step.produced == self.plain.len();
            let is_stuck = step.consumed == 0 && step.produced == 0;
            if wire.is_empty() && !may_hold_more || is_stuck {
                return Ok(());
            }
        }
    }

    /// What came behind the end of the packed body and is none, once that is certain.
    pub(crate) fn take_junk(&mut self) -> Option<Vec<u8>> {
        if self.is_over { self.follows.take() } else { None }
    }

    /// The same once no more will come: also what only began like a packed body.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        self.follows.take().unwrap_or_default()
    }
}

// === impl Format ===

impl Format {
    fn gzip() -> Self {
        Self::Gzip(Decompress::new_gzip(15))
    }

    fn brotli() -> Self {
        // strict: no windows larger than 16 MiB
        let [small, large, tables] =
            [StandardAlloc::default(), StandardAlloc::default(), StandardAlloc::default()];
        Self::Brotli(Box::new(BrotliState::new_strict(small, large, tables)))
    }

    fn zstd() -> Option<Self> {
        let mut decoder = ZstdDecoder::new().ok()?;
        decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG)).ok()?;
        Some(Self::Zstd(decoder))
    }

    /// A second body after the first: gzip members and zstd frames may follow each other.
    fn begin_anew(&mut self) -> Option<()> {
        match self {
            Self::Gzip(_) => *self = Self::gzip(),
            Self::Zstd(decoder) => decoder.reinit().ok()?,
            Self::Deflate { .. } | Self::Brotli(_) => return None,
        }
        Some(())
    }

    fn step(&mut self, wire: &[u8], plain: &mut [u8]) -> Result<Step, Fault> {
        match self {
            Self::Gzip(decompress) => inflate(decompress, wire, plain),
            Self::Deflate { decompress, is_raw } => match (decompress, wire.first()) {
                (Some(decompress), _) => inflate(decompress, wire, plain),
                (None, None) => Ok(Step { consumed: 0, produced: 0, ended: false }),
                (unsure @ None, Some(first)) => {
                    *is_raw = first & 0x0F != 8;
                    inflate(unsure.insert(Decompress::new(!*is_raw)), wire, plain)
                }
            },
            Self::Brotli(state) => {
                let (mut left_in, mut consumed) = (wire.len(), 0);
                let (mut left_out, mut produced, mut total) = (plain.len(), 0, 0);
                let result = BrotliDecompressStream(
                    &mut left_in,
                    &mut consumed,
                    wire,
                    &mut left_out,
                    &mut produced,
                    plain,
                    &mut total,
                    state,
                );
                match result {
                    BrotliResult::ResultFailure => Err(Fault::BrokenCoding),
                    BrotliResult::ResultSuccess => Ok(Step { consumed, produced, ended: true }),
                    BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {
                        Ok(Step { consumed, produced, ended: false })
                    }
                }
            }
            Self::Zstd(decoder) => {
                let (mut input, mut output) = (InBuffer::around(wire), OutBuffer::around(plain));
                let left = decoder.run(&mut input, &mut output).map_err(|_| Fault::BrokenCoding)?;
                Ok(Step { consumed: input.pos(), produced: output.pos(), ended: left == 0 })
            }
        }
    }
}

fn inflate(decompress: &mut Decompress, wire: &[u8], plain: &mut [u8]) -> Result<Step, Fault> {
    let (in_before, out_before) = (decompress.total_in(), decompress.total_out());
    let status =
        decompress.decompress(wire, plain, FlushDecompress::None).map_err(|_| Fault::BrokenCoding)?;
    let moved = |now: u64, before: u64| usize::try_from(now - before).unwrap_or_default();
    Ok(Step {
        consumed: moved(decompress.total_in(), in_before),
        produced: moved(decompress.total_out(), out_before),
        ended: status == Status::StreamEnd,
    })
}
