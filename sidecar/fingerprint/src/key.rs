//! The key that fingerprints are made with.

use siphasher::sip::SipHasher24;
use std::hash::Hasher;

/// Without it nothing that is kept of a call can be compared with a guess.
#[derive(Clone)]
pub struct FingerprintKey(SipHasher24);

// === impl FingerprintKey ===

impl FingerprintKey {
    /// What a key of an installation is derived for, to be this one.
    pub const PURPOSE: &[u8] = b"tollgate fingerprints";

    /// Of a key that was derived for [`Self::PURPOSE`].
    pub fn derived(key: &[u8; 32]) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&key[..16]);
        Self::new(&half)
    }

    pub fn new(key: &[u8; 16]) -> Self {
        Self(SipHasher24::new_with_key(key))
    }

    /// A key for those alone who have all of these texts, in any order: nobody else can make it.
    pub fn of_texts<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut sum = 0_u128;
        for text in texts {
            let hash = SipHasher24::new_with_key(&[0; 16]).hash(text);
            let other = SipHasher24::new_with_key(&[0xFF; 16]).hash(text);
            sum = sum.wrapping_add(u128::from(hash) << 64 | u128::from(other));
        }
        Self::new(&sum.to_le_bytes())
    }

    pub(crate) fn hash(&self, domain: u8, values: impl IntoIterator<Item = u64>) -> u64 {
        let mut hasher = self.0;
        hasher.write_u8(domain);
        for value in values {
            hasher.write_u64(value);
        }
        hasher.finish()
    }
}

impl std::fmt::Debug for FingerprintKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FingerprintKey")
    }
}
