//! A session: who somebody is, sealed into their own cookie (AES-256-GCM). The console keeps nothing of it but the names of those
//! that were ended, so people stay signed in over restarts, replicas, and while Postgres is away.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{refused::Refused, settings::SessionSettings};

/// Somebody who signed in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Session {
    /// Chance: by which it can be ended.
    pub(super) id: String,
    /// Unix time in seconds.
    pub(super) began: i64,
    pub(super) seen: i64,
    pub(super) credential: Credential,
}

/// By what the cluster knows them.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Credential {
    /// A token that the apiserver takes.
    Token(String),
    /// Somebody whom the issuer vouched for until then (Unix time in seconds), acted for by impersonation. Names have their prefix.
    Named { name: String, groups: Vec<String>, until: i64 },
}

/// What seals. Whoever has it can make sessions: it is in the console's Secret and nowhere else.
pub(super) struct Seal(LessSafeKey);

/// Sealed for one purpose, of no use for another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Session,
    Issuer,
}

pub(super) const KEY: usize = 32;
/// A session's cookie is written anew after so many seconds: not with each answer.
const RENEW: i64 = 300;

/// So many bytes that nobody can guess.
pub(super) fn secret<const N: usize>() -> Result<[u8; N], ring::error::Unspecified> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes)?;
    Ok(bytes)
}

// === impl Session ===

impl Session {
    /// None: the system gives no random numbers.
    pub(super) fn begin(credential: Credential, now: Timestamp) -> Option<Self> {
        let id = URL_SAFE_NO_PAD.encode(secret::<16>().ok()?);
        let now = now.as_second();
        Some(Self { id, began: now, seen: now, credential })
    }

    pub(super) fn check(&self, settings: &SessionSettings, now: Timestamp) -> Result<(), Refused> {
        let now = now.as_second();
        let over = |since: i64, lives: std::time::Duration| {
            now.saturating_sub(since) >= i64::try_from(lives.as_secs()).unwrap_or(i64::MAX)
        };
        if over(self.seen, settings.idle) {
            return Err(Refused::Over("nothing was asked for too long"));
        }
        if over(self.began, settings.most) {
            return Err(Refused::Over("it began too long ago"));
        }
        match self.credential {
            Credential::Named { until, .. } if now >= until => {
                Err(Refused::Over("what the issuer said of you has expired"))
            }
            Credential::Named { .. } | Credential::Token(_) => Ok(()),
        }
    }

    /// The session as of now, where its cookie should be written anew.
    pub(super) fn renewed(&self, now: Timestamp) -> Option<Self> {
        let now = now.as_second();
        (now.saturating_sub(self.seen) >= RENEW).then(|| Self { seen: now, ..self.clone() })
    }

    /// When no cookie of it can be good any more.
    pub(super) fn ends(&self, settings: &SessionSettings) -> i64 {
        self.began.saturating_add(i64::try_from(settings.most.as_secs()).unwrap_or(i64::MAX))
    }
}

/// Never with what it holds.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("began", &self.began)
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

// === impl Seal ===

impl Seal {
    /// None: a key has 32 bytes.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        UnboundKey::new(&AES_256_GCM, key).ok().map(|key| Self(LessSafeKey::new(key)))
    }

    /// As cookies can hold it. None: the system gives no random numbers.
    pub(super) fn seal(&self, purpose: Purpose, value: &impl Serialize) -> Option<String> {
        // 96 bits of chance for each: 2³² sessions of one key before two are the same with a chance of 2⁻³²
        let nonce = secret::<NONCE_LEN>().ok()?;
        let mut sealed = serde_json::to_vec(value).ok()?;
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), purpose.aad(), &mut sealed)
            .ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    pub(super) fn open<T: DeserializeOwned>(&self, purpose: Purpose, text: &str) -> Result<T, Refused> {
        let mut bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Forged)?;
        if bytes.len() < NONCE_LEN {
            return Err(Refused::Forged);
        }
        let (nonce, sealed) = bytes.split_at_mut(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused::Forged)?;
        let opened = self.0.open_in_place(nonce, purpose.aad(), sealed).map_err(|_| Refused::Forged)?;
        serde_json::from_slice(opened).map_err(|_| Refused::Forged)
    }
}

// === impl Purpose ===

impl Purpose {
    fn aad(self) -> Aad<&'static [u8]> {
        Aad::from(match self {
            Self::Session => b"tollgate session 1".as_slice(),
            Self::Issuer => b"tollgate issuer 1",
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn begun() -> (Session, Timestamp) {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        (Session::begin(Credential::Token("secret".to_owned()), now).unwrap(), now)
    }

    #[test]
    fn what_is_sealed_is_opened_by_the_same_key_for_the_same_purpose_only() {
        let (session, _) = begun();
        let seal = Seal::new(&[7; KEY]).unwrap();
        let sealed = seal.seal(Purpose::Session, &session).unwrap();
        assert!(seal.open::<Session>(Purpose::Session, &sealed).unwrap().credential == session.credential);
        assert!(matches!(seal.open::<Session>(Purpose::Issuer, &sealed), Err(Refused::Forged)));
        let other = Seal::new(&[8; KEY]).unwrap();
        assert!(matches!(other.open::<Session>(Purpose::Session, &sealed), Err(Refused::Forged)));
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed() {
        let (session, _) = begun();
        let seal = Seal::new(&[7; KEY]).unwrap();
        let sealed = seal.seal(Purpose::Session, &session).unwrap();
        for place in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(seal.open::<Session>(Purpose::Session, &changed).is_err(), "at {place}");
        }
    }

    #[test]
    fn nothing_of_the_token_stands_in_the_cookie_or_in_a_log() {
        let (session, _) = begun();
        let sealed = Seal::new(&[7; KEY]).unwrap().seal(Purpose::Session, &session).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        assert!(!bytes.windows(6).any(|bytes| bytes == b"secret"));
        assert!(!format!("{session:?}").contains("secret"));
    }

    #[test]
    fn a_session_ends_an_hour_after_the_last_request_and_half_a_day_after_the_first() {
        let settings = SessionSettings::default();
        let (session, began) = begun();
        let after = |minutes| began + SignedDuration::from_mins(minutes);
        assert_eq!(session.check(&settings, after(59)), Ok(()));
        assert!(matches!(session.check(&settings, after(60)), Err(Refused::Over(_))));
        let kept = session.renewed(after(59)).unwrap();
        assert_eq!(kept.check(&settings, after(118)), Ok(()));
        let used_all_day = Session { seen: after(719).as_second(), ..session };
        assert_eq!(used_all_day.check(&settings, after(719)), Ok(()));
        assert!(matches!(used_all_day.check(&settings, after(720)), Err(Refused::Over(_))));
    }

    #[test]
    fn who_is_vouched_for_by_an_issuer_is_so_until_that_expires() {
        let settings = SessionSettings::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let credential = Credential::Named {
            name: "oidc:ada".to_owned(),
            groups: Vec::new(),
            until: now.as_second() + 60,
        };
        let session = Session::begin(credential, now).unwrap();
        assert_eq!(session.check(&settings, now), Ok(()));
        assert!(session.check(&settings, now + SignedDuration::from_mins(1)).is_err());
    }
}
