//! Mail, by SMTP. The server's address is judged before it is asked; TLS is with its name.
//!
//! Each recipient is asked for by itself: one whom the server refuses keeps the mail from nobody else.

use std::{net::SocketAddr, time::Duration};

use lettre::{
    Address, Message as Mail,
    address::AddressError,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
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
    #[error("{server} takes it for none of the recipients: {}", listed(refused))]
    Nobody { server: String, refused: Vec<Refused> },
    #[error("{server} did not take the mail within {} s", PATIENCE.as_secs())]
    Slow { server: String },
}

/// A recipient for whom the server did not take the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub to: String,
    /// The server's own.
    pub words: String,
}

/// A server, by one of its addresses.
struct Server<'a> {
    name: &'a str,
    tls: Tls,
}

enum Tls {
    None,
    /// From the first byte.
    Implicit(TlsParameters),
    Start(TlsParameters),
}

const PATIENCE: Duration = Duration::from_secs(15);
/// With an address, where there is another.
const WITH_ONE: Duration = Duration::from_secs(5);
/// What is taken is taken, also from a server that does not say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);
/// TLS from the first byte.
const IMPLICIT: u16 = 465;

/// To all of its recipients, or to those of `only`. Gives those for whom the server did not take it; the others have it.
pub(super) async fn send(
    email: &EmailReceiver,
    only: Option<&[String]>,
    login: Option<(String, String)>,
    message: &Message,
    allowed: &[Allowed],
    extra_cas: Option<&str>,
) -> Result<Vec<Refused>, EmailError> {
    let (host, port) = email.server.rsplit_once(':').ok_or(EmailError::Server)?;
    let port: u16 = port.parse().map_err(|_| EmailError::Server)?;
    let slow = || EmailError::Slow { server: email.server.clone() };
    let sent = timeout(PATIENCE, async {
        let addresses = reach::addresses(host, port, allowed).await?;
        let wanted =
            email.tls.unwrap_or(if port == IMPLICIT { SmtpTls::Implicit } else { SmtpTls::StartTls });
        if wanted == SmtpTls::None && login.is_some() {
            return Err(EmailError::OpenLogin);
        }
        let smtp = |source| EmailError::Smtp { server: email.server.clone(), source };
        let tls = match wanted {
            SmtpTls::None => Tls::None,
            SmtpTls::StartTls => Tls::Start(parameters(host, extra_cas).map_err(smtp)?),
            SmtpTls::Implicit => Tls::Implicit(parameters(host, extra_cas).map_err(smtp)?),
        };
        let server = Server { name: &email.server, tls };
        let mut connection = server.meet(&addresses).await?;
        if let Some((user, password)) = login {
            let login = Credentials::new(user, password);
            connection.auth(DEFAULT_MECHANISMS, &login).await.map_err(smtp)?;
        }
        let is_meant = |to: &&String| only.is_none_or(|only| only.contains(to));
        let to: Vec<&String> = email.to.iter().filter(is_meant).collect();
        let refused = server.hand_over(&mut connection, email, &to, message).await?;
        Ok((connection, refused))
    });
    let (mut connection, refused) = sent.await.map_err(|_| slow())??;
    let _said_or_not = timeout(GOODBYE, connection.abort()).await;
    Ok(refused)
}

// === impl Server ===

impl Server<'_> {
    /// A connection to the first of its addresses that answers as a mail server does.
    async fn meet(&self, addresses: &[SocketAddr]) -> Result<AsyncSmtpConnection, EmailError> {
        let mut last = EmailError::Server;
        for (at, address) in addresses.iter().enumerate() {
            let patience = if at + 1 == addresses.len() { PATIENCE } else { WITH_ONE };
            match timeout(patience, self.greet(*address)).await {
                Ok(Ok(connection)) => return Ok(connection),
                Ok(Err(source)) => last = EmailError::Smtp { server: self.name.to_owned(), source },
                Err(_) => last = EmailError::Slow { server: self.name.to_owned() },
            }
        }
        Err(last)
    }

    /// Nothing of a mail is said here: what fails can be tried elsewhere.
    async fn greet(
        &self,
        address: SocketAddr,
    ) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let us = ClientId::Domain("tollgate.invalid".to_owned());
        let implicit =
            if let Tls::Implicit(parameters) = &self.tls { Some(parameters.clone()) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1(address, None, &us, implicit, None).await?;
        if let Tls::Start(parameters) = &self.tls {
            connection.starttls(parameters.clone(), &us).await?;
        }
        Ok(connection)
    }

    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        email: &EmailReceiver,
        to: &[&String],
        message: &Message,
    ) -> Result<Vec<Refused>, EmailError> {
        let smtp = |source| EmailError::Smtp { server: self.name.to_owned(), source };
        if let Some(refused) = to.iter().map(|to| no_address(to)).collect::<Option<Vec<_>>>() {
            return Err(EmailError::Nobody { server: self.name.to_owned(), refused });
        }
        let written = mail(email, message)?.formatted();
        let mut options = Vec::new();
        let is_plain = email.from.is_ascii() && to.iter().all(|to| to.is_ascii());
        if !is_plain && connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            options.push(MailParameter::SmtpUtfEight);
        }
        if !written.is_ascii() {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let from: Address = email.from.parse()?;
        connection.command(MailFrom::new(Some(from), options)).await.map_err(smtp)?;
        let mut refused = Vec::new();
        for to in to {
            // what a schema takes and a mail does not is as one whom the server refuses
            if let Some(none) = no_address(to) {
                refused.push(none);
                continue;
            }
            let asked = connection.command(Rcpt::new(to.parse()?, Vec::new())).await;
            match asked {
                Ok(_) => {}
                // The server has answered, and goes on.
                Err(error) if error.status().is_some() => {
                    refused.push(Refused { to: (*to).clone(), words: words(&error) });
                }
                Err(error) => return Err(smtp(error)),
            }
        }
        if refused.len() == to.len() {
            return Err(EmailError::Nobody { server: self.name.to_owned(), refused });
        }
        connection.command(Data).await.map_err(smtp)?;
        connection.message(&written).await.map_err(smtp)?;
        Ok(refused)
    }
}

/// One that cannot be asked for at all, such as `a..b@example.com`.
fn no_address(to: &str) -> Option<Refused> {
    let error = to.parse::<Address>().err()?;
    Some(Refused { to: to.to_owned(), words: format!("it is no address: {error}") })
}

/// Each with what the server said; what it said of all alike, once.
pub(super) fn listed(refused: &[Refused]) -> String {
    match refused {
        [first, rest @ ..] if rest.iter().all(|other| other.words == first.words) => {
            let all: Vec<&str> = refused.iter().map(|refused| refused.to.as_str()).collect();
            format!("{}: {}", all.join(", "), first.words)
        }
        _ => {
            let each = refused.iter().map(|refused| format!("{}: {}", refused.to, refused.words));
            each.collect::<Vec<_>>().join("; ")
        }
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
    for to in email.to.iter().filter_map(|to| to.parse().ok()) {
        mail = mail.to(Mailbox::new(None, to));
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

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;

    #[tokio::test]
    async fn a_server_is_met_at_the_first_of_its_addresses_that_answers() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut stream = BufReader::new(listener.accept().await.unwrap().0);
            stream.write_all(b"220 here\r\n").await.unwrap();
            let mut hello = String::new();
            stream.read_line(&mut hello).await.unwrap();
            stream.write_all(b"250 well\r\n").await.unwrap();
        });
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let server = Server { name: "smtp.example.com:25", tls: Tls::None };
        assert!(server.meet(&[closed, there]).await.is_ok());
        let words = server.meet(&[closed]).await.err().unwrap().to_string();
        assert!(words.starts_with("smtp.example.com:25: Connection error"), "{words}");
    }

    #[tokio::test]
    async fn what_is_no_address_keeps_the_mail_from_nobody_else() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = listener.local_addr().unwrap();
        let heard = tokio::spawn(async move {
            let mut stream = BufReader::new(listener.accept().await.unwrap().0);
            stream.write_all(b"220 here\r\n").await.unwrap();
            let (mut asked, mut line, mut data) = (Vec::new(), String::new(), false);
            while stream.read_line(&mut line).await.unwrap() > 0 {
                let word = line.split(' ').next().unwrap_or_default().trim_end().to_owned();
                let answer: &[u8] = match word.as_str() {
                    "." => b"250 taken\r\n",
                    _ if data => b"",
                    "DATA" => b"354 go on\r\n",
                    _ => b"250 well\r\n",
                };
                data = if word == "." { false } else { data || word == "DATA" };
                if word == "RCPT" {
                    asked.push(line.trim_end().to_owned());
                }
                stream.write_all(answer).await.unwrap();
                if word == "." {
                    break;
                }
                line.clear();
            }
            asked
        });
        let to = ["a..b@example.com", "ada@example.com"].map(str::to_owned).to_vec();
        let email = EmailReceiver {
            to: to.clone(),
            from: "tollgate@example.com".to_owned(),
            server: "smtp.example.com:25".to_owned(),
            tls: Some(SmtpTls::None),
            secret_ref: None,
        };
        let key = crate::index::AlertKey { namespace: Some("shop".to_owned()), name: "daily".to_owned() };
        let message = Message::trial(&key, "uid", "id".to_owned());
        let server = Server { name: &email.server, tls: Tls::None };
        let mut connection = server.meet(&[there]).await.unwrap();
        let all: Vec<&String> = to.iter().collect();
        let refused = server.hand_over(&mut connection, &email, &all, &message).await.unwrap();
        assert_eq!(heard.await.unwrap(), ["RCPT TO:<ada@example.com>"]);
        let [Refused { to, words }] = refused.as_slice() else { panic!("{refused:?}") };
        assert!(to == "a..b@example.com" && words.starts_with("it is no address"), "{words}");
    }

    #[test]
    fn what_a_server_says_of_several_recipients_alike_is_said_once() {
        let refused = |to: &str, words: &str| Refused { to: to.to_owned(), words: words.to_owned() };
        let (ada, bob) =
            (refused("ada@example.com", "no such user"), refused("bob@example.com", "no such user"));
        let eve = refused("eve@example.com", "full");
        assert_eq!(listed(&[ada.clone(), bob]), "ada@example.com, bob@example.com: no such user");
        assert_eq!(listed(&[ada, eve]), "ada@example.com: no such user; eve@example.com: full");
    }
}
