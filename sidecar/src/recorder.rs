//! The worker's hand on the ledger: ids, account hashes, open calls, and records on the spool.

use std::cell::RefCell;
use std::sync::Arc;

use http::{HeaderMap, header};
use jiff::Timestamp;
use tollgate_ledger::{
    Account, AccountKey, CallId, CallIds, Learned, Once, OpenCall, OpenFacts, Progress, Rank, Record,
    SpoolWriter,
};

use crate::shared::SharedAccountKey;

/// One worker's; nothing in it waits for another thread.
pub(crate) struct Recorder {
    ids: RefCell<CallIds>,
    /// `None` where no ledger is kept.
    spool: Option<RefCell<SpoolWriter>>,
    accounts: Accounts,
    once: Arc<Once>,
    replaces: bool,
}

/// Account hashes, and those of the keys seen last: a pod uses few, and a hash costs as much as a record.
struct Accounts {
    key: SharedAccountKey,
    recent: RefCell<Recent>,
}

/// Hashes, made with one key.
struct Recent {
    key: Arc<AccountKey>,
    accounts: Vec<(Box<[u8]>, Account)>,
}

const RECENT_ACCOUNTS: usize = 8;

// === impl Recorder ===

impl Recorder {
    pub(crate) fn new(
        key: SharedAccountKey,
        spool: Option<SpoolWriter>,
        once: Arc<Once>,
        replaces: bool,
    ) -> std::io::Result<Self> {
        let recent = Recent { key: key.load_full(), accounts: Vec::new() };
        Ok(Self {
            ids: RefCell::new(CallIds::from_os()?),
            spool: spool.map(RefCell::new),
            accounts: Accounts { key, recent: RefCell::new(recent) },
            once,
            replaces,
        })
    }

    pub(crate) fn next_id(&self, at: Timestamp) -> CallId {
        self.ids.borrow_mut().next(at)
    }

    /// The account behind the call's API key, wherever the provider's SDKs carry it.
    pub(crate) fn account(&self, headers: &HeaderMap, query: Option<&str>) -> Option<Account> {
        self.spool.as_ref()?;
        api_key(headers, query).map(|key| self.accounts.of(key))
    }

    /// A user id as a keyed hash.
    pub(crate) fn hashed(&self, user: &str) -> String {
        self.accounts.key.load().hash(user.as_bytes()).as_str().to_owned()
    }

    pub(crate) fn begin(&self, id: CallId, facts: &OpenFacts<'_>) -> Option<OpenCall> {
        self.spool.as_ref()?.borrow_mut().begin(id, facts)
    }

    pub(crate) fn learn(&self, call: &OpenCall, learned: &Learned<'_>) {
        if let Some(spool) = &self.spool {
            spool.borrow_mut().learn(call, learned);
        }
    }

    pub(crate) fn progress(&self, call: &OpenCall, progress: &Progress) {
        if let Some(spool) = &self.spool {
            spool.borrow_mut().progress(call, progress);
        }
    }

    /// The row of an open call will have another id than the call.
    pub(crate) fn rename(&self, call: Option<&OpenCall>, id: CallId) {
        if let (Some(spool), Some(call)) = (&self.spool, call) {
            spool.borrow_mut().rename(call, id);
        }
    }

    /// Answers that were billed already.
    pub(crate) fn once(&self) -> &Once {
        &self.once
    }

    /// Whether a row of a higher rank takes the place of one of the same id, as in the database. In a file each id stands
    /// once: what is promised has a row of its own there, and what was estimated stays.
    pub(crate) fn replaces(&self) -> bool {
        self.replaces
    }

    /// Whether a row of an answer that may be read again says anything new; it is remembered.
    pub(crate) fn is_news(&self, id: CallId, rank: Rank) -> bool {
        let rank = if self.replaces || rank <= Rank::Pending { rank } else { Rank::Provider };
        self.once.is_news(id, rank)
    }

    /// When this returns the record outlives the process.
    pub(crate) fn record(&self, record: &Record<'_>, call: Option<OpenCall>) {
        if let Some(spool) = &self.spool {
            spool.borrow_mut().append(record, call);
        }
    }
}

// === impl Accounts ===

impl Accounts {
    fn of(&self, api_key: &[u8]) -> Account {
        let key = self.key.load();
        let mut recent = self.recent.borrow_mut();
        if !Arc::ptr_eq(&recent.key, &key) {
            *recent = Recent { key: Arc::clone(&key), accounts: Vec::new() };
        }
        let Recent { key, accounts } = &mut *recent;
        if let Some((_, account)) = accounts.iter().find(|(known, _)| **known == *api_key) {
            return *account;
        }
        let account = key.hash(api_key);
        if accounts.len() == RECENT_ACCOUNTS {
            accounts.remove(0);
        }
        accounts.push((api_key.into(), account));
        account
    }
}

/// `Authorization: Bearer` (OpenAI, xAI, OpenRouter, Vertex), `x-api-key` (Anthropic), `x-goog-api-key` or
/// `?key=` (Gemini); browsers' WebSockets can set no header but the subprotocols (OpenAI).
fn api_key<'a>(headers: &'a HeaderMap, query: Option<&'a str>) -> Option<&'a [u8]> {
    let bearer = || {
        let value = headers.get(header::AUTHORIZATION)?.as_bytes();
        Some(value.strip_prefix(b"Bearer ").unwrap_or(value))
    };
    let named = |name| headers.get(name).map(|value| value.as_bytes());
    let in_query = || query?.split('&').find_map(|pair| pair.strip_prefix("key=")).map(str::as_bytes);
    let in_subprotocol = || {
        let offers = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
        let mut offers = offers.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        offers.find_map(|offer| offer.trim().strip_prefix("openai-insecure-api-key.")).map(str::as_bytes)
    };
    named("x-api-key")
        .or_else(bearer)
        .or_else(|| named("x-goog-api-key"))
        .or_else(in_query)
        .or_else(in_subprotocol)
}

#[cfg(test)]
mod tests {
    use arc_swap::ArcSwap;
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_new_key_counts_for_accounts_that_were_hashed_before() {
        let of = |digit: &str| AccountKey::from_hex(&digit.repeat(64)).unwrap();
        let key: SharedAccountKey = Arc::new(ArcSwap::from_pointee(of("1")));
        let recorder = Recorder::new(Arc::clone(&key), None, Arc::new(Once::in_memory()), true).unwrap();
        assert_eq!(recorder.accounts.of(b"sk-one"), of("1").hash(b"sk-one"));
        key.store(Arc::new(of("2")));
        assert_eq!(recorder.accounts.of(b"sk-one"), of("2").hash(b"sk-one"));
        assert_eq!(recorder.hashed("ada"), of("2").hash(b"ada").as_str());
    }

    #[test]
    fn the_key_is_found_wherever_a_provider_carries_it() {
        let with = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(header::HeaderName::from_static(name), HeaderValue::from_static(value))])
        };
        let none = HeaderMap::new();
        assert_eq!(api_key(&with("authorization", "Bearer sk-1"), None), Some(&b"sk-1"[..]));
        assert_eq!(api_key(&with("x-api-key", "sk-ant"), None), Some(&b"sk-ant"[..]));
        assert_eq!(api_key(&with("x-goog-api-key", "AI"), None), Some(&b"AI"[..]));
        let offers = "realtime, openai-insecure-api-key.sk-2, openai-beta.realtime-v1";
        assert_eq!(api_key(&with("sec-websocket-protocol", offers), None), Some(&b"sk-2"[..]));
        assert_eq!(api_key(&none, Some("alt=sse&key=AI")), Some(&b"AI"[..]));
        assert_eq!(api_key(&none, Some("monkey=1")), None);
    }
}
