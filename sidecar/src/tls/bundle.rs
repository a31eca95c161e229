//! The files by which apps trust our certificates. Each is written whole under another name and renamed, so that
//! no app ever reads half of one.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pem::{EncodeConfig, LineEnding, Pem};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::java;

/// For variables that add to what a runtime trusts.
const ROOT: &str = "ca.pem";

/// For variables that replace it.
const BUNDLE: &str = "bundle.pem";

/// The same for Java.
const TRUST_STORE: &str = "truststore.jks";

/// Where this stands, all stand.
const LAST: &str = ROOT;

/// The apps in the pod run as whoever they like, and read.
const MODE: u32 = 0o644;

#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}, by which apps would trust us: {source}", path = path.display())]
pub(crate) struct BundleError {
    path: PathBuf,
    source: io::Error,
}

/// As [`write`], unless they stand there already, of the same root.
pub(crate) fn stand(
    folder: &Path,
    root: &CertificateDer<'static>,
    extra: Option<&str>,
    now: Timestamp,
) -> Result<(), BundleError> {
    let last = fs::read(folder.join(LAST)).unwrap_or_default();
    match last == pem(std::slice::from_ref(root)).into_bytes() {
        true => Ok(()),
        false => write(folder, root, extra, now),
    }
}

/// Whether apps have something to read there, of whichever root.
pub(crate) fn is_there(folder: &Path) -> bool {
    folder.join(LAST).exists()
}

/// Writes all of them into `folder`, which is made. `extra`: certificates (PEM) that are trusted besides.
pub(crate) fn write(
    folder: &Path,
    root: &CertificateDer<'static>,
    extra: Option<&str>,
    now: Timestamp,
) -> Result<(), BundleError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| BundleError { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut all = machines_own();
    all.extend(CertificateDer::pem_slice_iter(extra.unwrap_or_default().as_bytes()).filter_map(Result::ok));
    all.push(root.clone());
    let files = [
        (BUNDLE, pem(&all).into_bytes()),
        (TRUST_STORE, java::trust_store(&all, now.as_millisecond())),
        (LAST, pem(std::slice::from_ref(root)).into_bytes()),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        replace(&path, &bytes).map_err(failed(&path))?;
    }
    Ok(())
}

/// What this machine trusts, or Mozilla's where it has nothing.
fn machines_own() -> Vec<CertificateDer<'static>> {
    let native = rustls_native_certs::load_native_certs().certs;
    if native.is_empty() { webpki_root_certs::TLS_SERVER_ROOT_CERTS.to_vec() } else { native }
}

fn pem(certificates: &[CertificateDer<'_>]) -> String {
    let blocks: Vec<Pem> =
        certificates.iter().map(|certificate| Pem::new("CERTIFICATE", &certificate[..])).collect();
    pem::encode_many_config(&blocks, EncodeConfig::new().set_line_ending(LineEnding::LF))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, bytes)?;
    fs::set_permissions(&new, Permissions::from_mode(MODE))?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::Authority;

    fn read(folder: &Path, name: &str) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_file_iter(folder.join(name)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn the_root_stands_alone_and_last_behind_all_that_was_trusted_before() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("trust");
        let now = Timestamp::now();
        let (own, company) = (Authority::new(now).unwrap(), Authority::new(now).unwrap());
        write(&folder, own.root().der(), Some(&company.root().pem()), now).unwrap();
        assert_eq!(read(&folder, ROOT), [own.root().der().clone()]);
        let bundle = read(&folder, BUNDLE);
        assert!(bundle.len() > 50, "{} certificates", bundle.len());
        assert_eq!(bundle[bundle.len() - 2..], [company.root().der().clone(), own.root().der().clone()]);
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [BUNDLE, ROOT, TRUST_STORE], "nothing else is left there");
    }

    #[test]
    fn everybody_may_read_and_no_key_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::now();
        write(folder.path(), Authority::new(now).unwrap().root().der(), None, now).unwrap();
        for name in [ROOT, BUNDLE, TRUST_STORE] {
            let path = folder.path().join(name);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, MODE, "{name}");
            let bytes = fs::read(&path).unwrap();
            assert!(memchr::memmem::find(&bytes, b"PRIVATE KEY").is_none(), "{name}");
        }
    }
}
