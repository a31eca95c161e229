//! Randomness: seeded by the operating system, then fast.

use std::io;

use rustix::rand::{GetRandomFlags, getrandom};

/// SplitMix64: one addition and a few multiplications a number. Good enough to make ids unique and to spread
/// retries; nothing secret is made of it.
#[derive(Debug)]
pub(crate) struct FastRandom(u64);

/// Fills `bytes` from the operating system's generator: for keys.
pub(crate) fn secret(bytes: &mut [u8]) -> io::Result<()> {
    let mut filled = 0;
    while filled < bytes.len() {
        filled += getrandom(&mut bytes[filled..], GetRandomFlags::empty())?;
    }
    Ok(())
}

// === impl FastRandom ===

impl FastRandom {
    pub(crate) fn from_os() -> io::Result<Self> {
        let mut seed = [0; 8];
        secret(&mut seed)?;
        Ok(Self(u64::from_le_bytes(seed)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
