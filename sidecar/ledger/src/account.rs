//! Which account a call was billed to, without keeping the API key: HMAC-SHA256 of the key under a secret that lies
//! in the spool's folder and nowhere else. The same API key gives the same sixteen characters as long as that secret
//! lives; without it, nobody can go through likely keys.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::random;

/// The secret that account hashes are made with.
#[derive(Clone)]
pub struct AccountKey(Hmac<Sha256>);

/// An account: sixteen characters of base32, 80 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Account([u8; 16]);

#[derive(Debug, thiserror::Error)]
pub enum AccountKeyError {
    #[error("the key for account hashes {path} can be neither read nor made")]
    Unusable { path: PathBuf, source: io::Error },
    #[error(
        "the key for account hashes {path} has {found} bytes, expected {KEY_LEN}; \
         delete it to have a new one made (accounts then get new hashes)"
    )]
    WrongLength { path: PathBuf, found: usize },
    /// Does not show what it found: it may be most of a key.
    #[error("the key for account hashes that the operator tells is not {} hex digits", 2 * KEY_LEN)]
    NotHex,
}

const KEY_LEN: usize = 32;
const FILE: &str = "account.key";

// === impl AccountKey ===

impl AccountKey {
    /// The key of this folder; made on the first start (the folder, too), readable by this user only.
    pub fn load_or_create(dir: &Path) -> Result<Self, AccountKeyError> {
        let path = dir.join(FILE);
        let key = match fs::File::open(&path) {
            Ok(file) => read(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(dir, &path),
            Err(error) => Err(error),
        };
        let key = key.map_err(|source| AccountKeyError::Unusable { path: path.clone(), source })?;
        if key.len() != KEY_LEN {
            return Err(AccountKeyError::WrongLength { path, found: key.len() });
        }
        Ok(Self::from_bytes(&key))
    }

    /// The key of a whole installation, as its operator tells it: 64 hex digits.
    pub fn from_hex(text: &str) -> Result<Self, AccountKeyError> {
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let key: Option<Vec<u8>> =
            pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
        match key {
            Some(key) if key.len() == KEY_LEN && rest.is_empty() => Ok(Self::from_bytes(&key)),
            _ => Err(AccountKeyError::NotHex),
        }
    }

    /// A key for this process alone, for a sidecar that keeps no folder.
    pub fn for_this_process() -> io::Result<Self> {
        let mut key = [0; KEY_LEN];
        random::secret(&mut key)?;
        Ok(Self::from_bytes(&key))
    }

    /// The account of an API key, as the bytes of its header value or query parameter.
    pub fn hash(&self, api_key: &[u8]) -> Account {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut mac = self.0.clone();
        mac.update(api_key);
        let digest = mac.finalize().into_bytes();
        let mut text = [0; 16];
        for (five_bytes, eight) in digest.chunks_exact(5).zip(text.chunks_exact_mut(8)) {
            let bits = five_bytes.iter().fold(0u64, |bits, &byte| bits << 8 | u64::from(byte));
            for (place, character) in eight.iter_mut().enumerate() {
                *character = ALPHABET[(bits >> (35 - 5 * place) & 31) as usize];
            }
        }
        Account(text)
    }

    /// Another key made of this one, for the purpose named. No account's hash tells anything of it: no API key begins so.
    pub fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(b"\0derive\0");
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    }

    fn from_bytes(key: &[u8]) -> Self {
        // A key of any length is taken: it is padded to a block, or hashed first.
        Self(Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }
}

// === impl Account ===

impl Account {
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn read(mut file: fs::File) -> io::Result<Vec<u8>> {
    let mut key = Vec::with_capacity(KEY_LEN);
    (&mut file).take(KEY_LEN as u64 + 1).read_to_end(&mut key)?;
    Ok(key)
}

/// Written aside and linked into place, so that no crash leaves half a key and, of two that start at once, both use the first one's.
fn create(dir: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let mut key = vec![0; KEY_LEN];
    random::secret(&mut key)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let aside = dir.join(format!("{FILE}.{}", std::process::id()));
    let _ = fs::remove_file(&aside);
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?.write_all(&key)?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(fs::File::open(path)?),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_same_key_gives_the_same_account_after_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let first = AccountKey::load_or_create(dir.path()).unwrap().hash(b"sk-one");
        let again = AccountKey::load_or_create(dir.path()).unwrap();
        assert_eq!(again.hash(b"sk-one"), first);
        assert_ne!(again.hash(b"sk-two"), first);
        let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn another_folder_gives_other_accounts() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let hash = |dir: &tempfile::TempDir| AccountKey::load_or_create(dir.path()).unwrap().hash(b"sk-one");
        assert_ne!(hash(&one), hash(&two));
    }

    #[test]
    fn an_account_is_sixteen_characters_of_base32() {
        let account = AccountKey::from_bytes(&[7; KEY_LEN]).hash(b"sk-one");
        assert_eq!(account.as_str().len(), 16);
        assert!(account.as_str().bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')));
    }

    #[test]
    fn an_installations_key_gives_every_pod_the_same_accounts() {
        let told = AccountKey::from_hex(&"0A".repeat(KEY_LEN)).unwrap();
        assert_eq!(told.hash(b"sk-one"), AccountKey::from_bytes(&[10; KEY_LEN]).hash(b"sk-one"));
        for text in ["", "0a", &"0a".repeat(KEY_LEN + 1), &"0".repeat(2 * KEY_LEN - 1), &"zz".repeat(KEY_LEN)]
        {
            assert!(AccountKey::from_hex(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_key_of_the_wrong_length_is_named_with_its_remedy() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(FILE), b"short").unwrap();
        let error = AccountKey::load_or_create(dir.path()).err().unwrap().to_string();
        assert!(error.contains("account.key has 5 bytes, expected 32; delete it"), "{error}");
    }
}
