//! A word as a number: FNV-1a, byte by byte as it comes, or at once when this is compiled.

/// Of no byte yet.
pub(super) const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// Of what was, and one byte more.
pub(super) const fn and(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

/// A name, or a value as spelled.
pub(crate) const fn hash_of(bytes: &[u8]) -> u64 {
    let (mut hash, mut at) = (START, 0);
    while at < bytes.len() {
        hash = and(hash, bytes[at]);
        at += 1;
    }
    hash
}
