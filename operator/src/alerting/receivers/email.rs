//! Mail, by SMTP. The server's address is judged before it is asked; TLS is with its name.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    address::AddressError,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time::timeout;
use tollgate_crds::alert::{EmailReceiver, SmtpTls};

use crate::alerting::{
    message::Message,
    reach::{self, Allowed, ReachError},
};

/// Why a mail was not taken. The server's words are within.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    #[error("the server is none: expected host and port like smtp.example.com:587")]
    Server,
    #[error("an address is none: {0}")]
    Address(#[from] AddressError),
    #[error("the mail cannot be written: {0}")]
    Write(#[from] lettre::error::Error),
    #[error(transparent)]
    Reach(#[from] ReachError),
    #[error("a login is not sent without TLS: leave out tls: None, or the secretRef")]
    OpenLogin,
    #[error("{server}: {}", words(source))]
    Smtp { server: String, source: lettre::transport::smtp::Error },
    #[error("{server} did not take the mail within {} s", PATIENCE.as_secs())]
    Slow { server: String },
}

const PATIENCE: Duration = Duration::from_secs(15);
/// TLS from the first byte.
const IMPLICIT: u16 = 465;

pub(super) async fn send(
    email: &EmailReceiver,
    login: Option<(String, String)>,
    message: &Message,
    allowed: &[Allowed],
    extra_cas: Option<&str>,
) -> Result<(), EmailError> {
    let server = email.server.clone();
    let (host, port) = server.rsplit_once(':').ok_or(EmailError::Server)?;
    let port: u16 = port.parse().map_err(|_| EmailError::Server)?;
    let address = *reach::addresses(host, port, allowed).await?.first().ok_or(EmailError::Server)?;
    let smtp = |source| EmailError::Smtp { server: server.clone(), source };
    let wanted = email.tls.unwrap_or(if port == IMPLICIT { SmtpTls::Implicit } else { SmtpTls::StartTls });
    if wanted == SmtpTls::None && login.is_some() {
        return Err(EmailError::OpenLogin);
    }
    let tls = match wanted {
        SmtpTls::None => Tls::None,
        SmtpTls::StartTls => Tls::Required(parameters(host, extra_cas).map_err(smtp)?),
        SmtpTls::Implicit => Tls::Wrapper(parameters(host, extra_cas).map_err(smtp)?),
    };
    let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address.ip().to_string())
        .port(port)
        .tls(tls)
        .hello_name(ClientId::Domain("tollgate.invalid".to_owned()))
        .timeout(Some(PATIENCE));
    if let Some((user, password)) = login {
        transport = transport.credentials(Credentials::new(user, password));
    }
    match timeout(PATIENCE, transport.build().send(mail(email, message)?)).await {
        Ok(sent) => sent.map(drop).map_err(smtp),
        Err(_) => Err(EmailError::Slow { server }),
    }
}

fn parameters(host: &str, extra_cas: Option<&str>) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let mut builder = TlsParameters::builder(bare).certificate_store(CertificateStore::WebpkiRoots);
    for certificate in extra_cas.into_iter().flat_map(split) {
        builder = builder.add_root_certificate(Certificate::from_pem(certificate.as_bytes())?);
    }
    builder.build_rustls()
}

/// Each certificate of a bundle.
fn split(bundle: &str) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    bundle.split_inclusive(END).filter(|part| part.contains(END)).map(|part| part.trim().to_owned()).collect()
}

fn mail(email: &EmailReceiver, message: &Message) -> Result<Mail, EmailError> {
    let domain = email.from.rsplit_once('@').map_or("tollgate.invalid", |(_, domain)| domain);
    let mut mail = Mail::builder()
        .from(Mailbox::new(Some("Tollgate".to_owned()), email.from.parse()?))
        .subject(message.subject())
        .message_id(Some(format!("<{}@{domain}>", message.id)))
        .header(ContentType::TEXT_PLAIN);
    for to in &email.to {
        mail = mail.to(Mailbox::new(None, to.parse()?));
    }
    Ok(mail.body(message.text())?)
}

/// What the server said, and what lies behind it.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        source = error.source();
    }
    text
}
