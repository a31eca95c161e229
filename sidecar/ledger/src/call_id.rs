//! The id of a call: a UUIDv7 of the moment it began. What is billed has one id wherever it goes, and its time lies in
//! the id, so that a row that is sent twice can only ever be the same row.

use std::{fmt, io};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tollgate_meter::Provider;
use uuid::Uuid;

use crate::random::FastRandom;

/// A call's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId([u8; 16]);

/// Makes ids; each worker thread has its own, so none waits for another.
#[derive(Debug)]
pub struct CallIds {
    // Two generators: 74 bits of an id are random, more than one holds, and many pods make ids in the same millisecond.
    high: FastRandom,
    low: FastRandom,
}

/// Bytes of an id behind its time.
pub(crate) const MARK: usize = 10;
/// The length of an id in its usual form, `018f3b1c-…`.
pub(crate) const TEXT_LEN: usize = 36;

// === impl CallId ===

impl CallId {
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The id of an answer that may be read again, by whomever: a UUIDv8 of the moment the provider made it, and of the
    /// provider's own id.
    pub fn of_answer(provider: Provider, id: &str, created: Timestamp) -> Self {
        let hash = Sha256::new().chain_update(provider.name()).chain_update([0]).chain_update(id).finalize();
        let mut bytes = [0; 16];
        bytes[6..].copy_from_slice(&hash[..MARK]);
        bytes[6] = bytes[6] & 0x0f | 0x80; // version 8
        bytes[8] = bytes[8] & 0x3f | 0x80; // the variant of RFC 9562
        Self(bytes).at(u64::try_from(created.as_millisecond()).unwrap_or(0))
    }

    /// What tells the id apart from others of its millisecond.
    /// Whether it was made by [`CallId::of_answer`]: the same answer, read again, has it again.
    pub(crate) const fn is_of_answer(&self) -> bool {
        self.0[6] >> 4 == 8
    }

    pub(crate) fn mark(&self) -> [u8; MARK] {
        let mut mark = [0; MARK];
        mark.copy_from_slice(&self.0[6..]);
        mark
    }

    /// The same id at another time.
    pub(crate) fn at(mut self, millis: u64) -> Self {
        self.0[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        self
    }

    /// The id's time in Unix milliseconds.
    pub fn millis(&self) -> u64 {
        let [a, b, c, d, e, f, ..] = self.0;
        u64::from_be_bytes([0, 0, a, b, c, d, e, f])
    }

    /// The moment the call began, to the millisecond: `created_at` in the ledger. The last moment that can be written
    /// for an id that says a later one.
    pub fn created_at(&self) -> Timestamp {
        i64::try_from(self.millis())
            .ok()
            .and_then(|millis| Timestamp::from_millisecond(millis).ok())
            .unwrap_or(Timestamp::MAX)
    }

    /// Reads the usual form; `None` for anything else.
    pub fn parse(text: &[u8]) -> Option<Self> {
        if text.len() != TEXT_LEN {
            return None;
        }
        Uuid::try_parse_ascii(text).ok().map(|uuid| Self(uuid.into_bytes()))
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut text = [0; TEXT_LEN];
        Uuid::from_bytes(self.0).hyphenated().encode_lower(&mut text);
        out.extend_from_slice(&text);
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

// === impl CallIds ===

impl CallIds {
    /// Seeded by the operating system.
    pub fn from_os() -> io::Result<Self> {
        Ok(Self { high: FastRandom::from_os()?, low: FastRandom::from_os()? })
    }

    /// A new id for a call that begins at `now`.
    pub fn next(&mut self, now: Timestamp) -> CallId {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&self.high.next().to_be_bytes()[..2]);
        bytes[8..].copy_from_slice(&self.low.next().to_be_bytes());
        bytes[6] = bytes[6] & 0x0f | 0x70; // version 7
        bytes[8] = bytes[8] & 0x3f | 0x80; // the variant of RFC 9562
        CallId(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_7_and_carries_its_time() {
        let now: Timestamp = "2026-11-25T10:20:30.456Z".parse().unwrap();
        let id = CallIds::from_os().unwrap().next(now);
        assert_eq!(id.created_at(), now);
        let uuid: Uuid = id.to_string().parse().unwrap();
        assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122));
        assert_eq!(CallId::parse(id.to_string().as_bytes()), Some(id));
    }

    #[test]
    fn the_id_of_an_answer_is_a_uuid_of_version_8_and_carries_its_time() {
        let made: Timestamp = "2026-11-25T10:20:30Z".parse().unwrap();
        let id = CallId::of_answer(Provider::OpenAi, "resp_1", made);
        assert_eq!(id.created_at(), made);
        let uuid: Uuid = id.to_string().parse().unwrap();
        assert_eq!((uuid.get_version_num(), uuid.get_variant()), (8, uuid::Variant::RFC4122));
    }

    #[test]
    fn ids_of_one_millisecond_differ() {
        let mut ids = CallIds::from_os().unwrap();
        let made: std::collections::HashSet<_> =
            (0..10_000).map(|_| ids.next(Timestamp::UNIX_EPOCH)).collect();
        assert_eq!(made.len(), 10_000);
    }

    #[test]
    fn an_id_of_the_farthest_future_has_a_time_that_can_be_written() {
        assert_eq!(CallId::from_bytes([0xff; 16]).created_at(), Timestamp::MAX);
    }
}
