//! The control plane's certificates and keys: one authority, a certificate for the server and one for each person.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};
use serde_json::json;

/// An authority whose files lie in one folder: `ca.crt`, `apiserver.{crt,key}`, and the keys of ServiceAccount tokens,
/// `sa.key` and `sa.pub`.
pub(super) struct Pki {
    authority: CertifiedIssuer<'static, KeyPair>,
    ca: String,
    folder: PathBuf,
}

// === impl Pki ===

impl Pki {
    pub(super) fn make(folder: &Path) -> Result<Pki> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "tollgate-tests");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let ca = authority.pem();
        fs::write(folder.join("ca.crt"), &ca)?;
        let pki = Pki { authority, ca, folder: folder.to_owned() };

        let mut params = CertificateParams::new(vec!["localhost".into(), "kubernetes.default.svc".into()])?;
        params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let (certificate, key) = pki.sign(params)?;
        fs::write(folder.join("apiserver.crt"), certificate)?;
        fs::write(folder.join("apiserver.key"), key)?;

        let tokens = KeyPair::generate()?;
        fs::write(folder.join("sa.key"), tokens.serialize_pem())?;
        fs::write(folder.join("sa.pub"), tokens.public_key_pem())?;
        Ok(pki)
    }

    pub(super) fn ca(&self) -> &str {
        &self.ca
    }

    /// A file `USER.conf` in a folder of its own, with a new certificate for that user in those groups: tests side by side ask for
    /// the same person, and none reads what another has half written.
    pub(super) fn kubeconfig(&self, user: &str, groups: &[&str], server: SocketAddr) -> Result<PathBuf> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, user);
        for group in groups {
            params.distinguished_name.push(DnType::OrganizationName, *group);
        }
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let (certificate, key) = self.sign(params)?;
        let folder = tempfile::Builder::new().prefix("user-").tempdir_in(&self.folder)?.keep();
        let (name, file) = ("tollgate-tests", folder.join(format!("{}.conf", user.replace(':', "-"))));
        // whoever reads a kubeconfig resolves its paths beside it
        let (crt, pem) = (file.with_extension("crt"), file.with_extension("key"));
        fs::write(&crt, certificate)?;
        fs::write(&pem, key)?;
        let kubeconfig = json!({
            "apiVersion": "v1", "kind": "Config", "current-context": name,
            "clusters": [{"name": name, "cluster": {
                "server": format!("https://{server}"), "certificate-authority": self.folder.join("ca.crt")}}],
            "users": [{"name": user, "user": {"client-certificate": crt, "client-key": pem}}],
            "contexts": [{"name": name, "context": {"cluster": name, "user": user}}],
        });
        // JSON is YAML
        fs::write(&file, kubeconfig.to_string())?;
        Ok(file)
    }

    fn sign(&self, params: CertificateParams) -> Result<(String, String)> {
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.authority)?;
        Ok((certificate.pem(), key.serialize_pem()))
    }
}
