//! The tokens that open the database's door: what a sidecar may write as, signed.
//!
//! A token is four parts with dots between: `tg1`, the key's id, the claims (JSON in hex), and the HMAC-SHA256 in hex over
//! all that stands before its dot. `migrations/…_ingest_claims.sql` checks the same bytes.

use std::{fmt, fmt::Write, io};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use rustix::rand::{GetRandomFlags, getrandom};
use serde_json::json;
use sha2::Sha256;

/// What a token says of its bearer. A name that is not given is not checked: the rows' own words hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub cluster: Option<String>,
    pub namespace: Option<String>,
    pub pod: Option<String>,
    pub expires: Timestamp,
}

/// A key that tokens are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    id: String,
    secret: [u8; 32],
}

/// A key as HMAC uses it, and as the database keeps it ready: padded to a block, in the two ways.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pads {
    pub inner: [u8; 64],
    pub outer: [u8; 64],
}

const INNER: u8 = 0x36;
const OUTER: u8 = 0x5c;

// === impl SigningKey ===

impl SigningKey {
    /// A new key, from the operating system's randomness.
    pub fn generate() -> io::Result<Self> {
        let mut random = [0; 36];
        let mut filled = 0;
        while filled < random.len() {
            filled += getrandom(&mut random[filled..], GetRandomFlags::empty())?;
        }
        let (id, secret) = random.split_at(4);
        let mut key = Self { id: hex(id), secret: [0; 32] };
        key.secret.copy_from_slice(secret);
        Ok(key)
    }

    /// The key whose pads these are; `None` if they are not the two of one key.
    pub fn from_pads(id: String, pads: &Pads) -> Option<Self> {
        let mut secret = [0; 32];
        for (byte, padded) in secret.iter_mut().zip(pads.inner) {
            *byte = padded ^ INNER;
        }
        let key = Self { id, secret };
        (key.pads() == *pads).then_some(key)
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn pads(&self) -> Pads {
        let mut pads = Pads { inner: [INNER; 64], outer: [OUTER; 64] };
        for (place, byte) in self.secret.iter().enumerate() {
            pads.inner[place] ^= byte;
            pads.outer[place] ^= byte;
        }
        pads
    }

    /// A token with these claims.
    pub fn sign(&self, claims: &Claims) -> String {
        let Claims { cluster, namespace, pod, expires } = claims;
        let mut members = serde_json::Map::new();
        for (name, value) in [("cluster", cluster), ("namespace", namespace), ("pod", pod)] {
            if let Some(value) = value {
                members.insert(name.to_owned(), json!(value));
            }
        }
        members.insert("expires".to_owned(), json!(expires.as_second()));
        let signed =
            format!("tg1.{}.{}", self.id, hex(serde_json::Value::Object(members).to_string().as_bytes()));
        format!("{signed}.{}", hex(&self.mac(signed.as_bytes())))
    }

    fn mac(&self, message: &[u8]) -> [u8; 32] {
        // HMAC takes a key of any length.
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// Never shows the secret.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // into a String this cannot fail
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey { id: "k1".to_owned(), secret: [b'K'; 32] }
    }

    #[test]
    fn a_token_has_its_parts_and_a_mac_that_anybody_can_compute() {
        let claims = Claims {
            cluster: Some("c1".to_owned()),
            namespace: None,
            pod: None,
            expires: Timestamp::from_second(1_800_000_000).unwrap(),
        };
        // Computed with Python: hmac.new(b"K" * 32, …, "sha256").
        let expected = "tg1.k1.7b22636c7573746572223a226331222c2265787069726573223a313830303030303030307d.cb40eeff33d2660a1a2e8d3a33d4261091578cda60422d9c7351f4e2001c1cbc";
        assert_eq!(key().sign(&claims), expected);
    }

    #[test]
    fn a_key_comes_back_from_its_pads() {
        assert_eq!(SigningKey::from_pads("k1".to_owned(), &key().pads()), Some(key()));
        let mut pads = key().pads();
        pads.outer[3] ^= 1;
        assert_eq!(SigningKey::from_pads("k1".to_owned(), &pads), None);
    }

    #[test]
    fn keys_differ() {
        assert_ne!(SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    }
}
