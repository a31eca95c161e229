//! What is kept on the spool's volume, so that a sidecar that is started again knows before its first call what it
//! knew: the state that holds, the admin's prices, the groups of calls that name no feature, and the way to the ledger.
//!
//! Each is a file of JSON, readable by this user only, written aside and renamed into place: a crash leaves the old one
//! or the new one. One that cannot be read counts as missing.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tollgate_crds::stream::{AdminPrices, Fingerprints, LedgerAccess, NamespaceState};

const STATE: &str = "state.json";
const PRICES: &str = "prices.json";
const FINGERPRINTS: &str = "fingerprints.json";
const ACCESS: &str = "ledger-access.json";

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    folder: PathBuf,
}

// === impl Kept ===

impl Kept {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(crate) fn state(&self) -> Option<NamespaceState> {
        self.read(STATE)
    }

    pub(crate) fn keep_state(&self, state: &NamespaceState) {
        self.keep(STATE, state);
    }

    pub(crate) fn access(&self) -> Option<LedgerAccess> {
        self.read(ACCESS)
    }

    /// What was told now; of the database what was told before, while the operator cannot say it (its token is empty).
    pub(crate) fn completed(&self, told: LedgerAccess) -> LedgerAccess {
        let known = if told.token.is_empty() { self.access() } else { None };
        match known {
            Some(known) => LedgerAccess { account_key: told.account_key, usage: told.usage, ..known },
            None => told,
        }
    }

    pub(crate) fn keep_access(&self, access: &LedgerAccess) {
        self.keep(ACCESS, access);
    }

    pub(crate) fn prices(&self) -> Option<AdminPrices> {
        self.read(PRICES)
    }

    pub(crate) fn keep_prices(&self, prices: &AdminPrices) {
        self.keep(PRICES, prices);
    }

    pub(crate) fn fingerprints(&self) -> Option<Fingerprints> {
        self.read(FINGERPRINTS)
    }

    pub(crate) fn keep_fingerprints(&self, fingerprints: &Fingerprints) {
        self.keep(FINGERPRINTS, fingerprints);
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let path = self.folder.join(name);
        let unusable = |error: &dyn std::fmt::Display| {
            tracing::warn!("{} is passed over: {error}", path.display());
        };
        match fs::read(&path) {
            // The error's text could quote what opens the ledger: only where it is said.
            Ok(bytes) => serde_json::from_slice(&bytes)
                .inspect_err(|error| {
                    unusable(&format!("no JSON of ours at line {}, column {}", error.line(), error.column()));
                })
                .ok(),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                unusable(&error);
                None
            }
        }
    }

    fn keep<T: Serialize>(&self, name: &str, value: &T) {
        if let Err(error) = self.write(name, value) {
            tracing::warn!(
                "{} cannot be written: {error}. Started again, this sidecar would begin with what was known before",
                self.folder.join(name).display()
            );
        }
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) -> io::Result<()> {
        let bytes = serde_json::to_vec(value)?;
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let aside = self.folder.join(format!("{name}.new"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
        file.write_all(&bytes)?;
        fs::rename(aside, self.folder.join(name))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn access(token: &str) -> LedgerAccess {
        LedgerAccess {
            postgres: None,
            postgres_ca: None,
            token: token.to_owned(),
            expires_at: 0,
            account_key: "00".repeat(32),
            usage: true,
        }
    }

    #[test]
    fn what_is_kept_is_read_again_by_this_user_only() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path().join("spool"));
        assert!(kept.access().is_none() && kept.state().is_none());
        kept.keep_access(&access("one"));
        kept.keep_access(&access("two"));
        let again = Kept::new(folder.path().join("spool"));
        assert_eq!(again.access().unwrap().token, "two");
        let mode = fs::metadata(folder.path().join("spool").join(ACCESS)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path().join("spool")).unwrap().count(), 1, "nothing is left aside");
    }

    #[test]
    fn an_operator_whose_database_is_away_takes_rows_and_nothing_from_what_is_known_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path().to_owned());
        assert!(kept.completed(access("")).usage, "a fresh pod hands its rows to it");
        let url = Some("postgres://tollgate_sidecar@db/tollgate".to_owned());
        kept.keep_access(&LedgerAccess { postgres: url.clone(), usage: false, ..access("one") });
        let completed = kept.completed(access(""));
        assert_eq!((completed.postgres, &*completed.token, completed.usage), (url, "one", true));
        assert_eq!(kept.completed(access("two")).postgres, None, "that is news");
    }

    #[test]
    fn half_a_file_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(STATE), br#"{"namespace":"shop","vers"#).unwrap();
        assert!(Kept::new(folder.path().to_owned()).state().is_none());
    }

    #[test]
    fn what_cannot_be_kept_is_no_trouble() {
        Kept::new(PathBuf::from("/proc/nowhere")).keep_access(&access("one"));
    }
}
