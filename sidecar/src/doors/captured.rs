//! An app's connection that believes it is the provider's: TLS is ended here, or the connection passes untouched.

use std::io;
use std::rc::Rc;
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use rustls::AlertDescription as Alert;
use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tollgate_meter::Provider;

use super::Doors;
use super::begun::Begun;
use super::serving::{PEEKED, has_long_heads};
use crate::forward::Door;
use crate::hosts::Host;
use crate::metrics::Uncaptured;
use crate::tls::hello::{self, Hello, Read};
use crate::tls::{Ending, Refused};

/// More than any hello that was seen; a longer one grows it.
const HELLO: usize = 2_048;

/// Where an app wants to go.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) host: Box<str>,
    pub(super) port: u16,
    /// The hosts file sent it here: it is not the one to ask.
    pub(super) by_hosts_file: bool,
}

pub(super) const HTTPS: u16 = 443;

/// What an app said before anything was answered.
enum Said {
    Hello(Hello),
    /// No hello, and so no name.
    Other,
    Nothing,
}

// === impl Doors ===

impl Doors {
    /// `place`: where the connection is to go, if that is known. Else the hello's name says it.
    pub(super) async fn captured(
        self,
        mut stream: TcpStream,
        ahead: BytesMut,
        place: Option<Place>,
    ) -> io::Result<()> {
        let Some(tls) = &self.worker.shared.ending else { return Ok(()) };
        let (said, begin) = tokio::select! {
            said = first_words(&mut stream, ahead) => said?,
            () = self.worker.connections.stopping() => return Ok(()),
        };
        let app = Begun::new(begin, stream);
        let Hello { host: Some(name), habits } = (match said {
            Said::Hello(hello) => hello,
            Said::Other => Hello { host: None, habits: 0 },
            Said::Nothing => return Ok(()),
        }) else {
            return self.pass(app, place, Uncaptured::NoServerName).await;
        };
        let place = place.unwrap_or_else(|| Place::named(&name));
        let Some(host) = self.worker.hosts.named(&name) else {
            return self.pass(app, Some(place), Uncaptured::UnknownHost).await;
        };
        if Provider::asks_for_a_certificate(&name) {
            return self.pass(app, Some(place), Uncaptured::NotMetered).await;
        }
        if let Some(why) = tls.refusals.passes(&name, habits, Instant::now()) {
            return self.pass(app, Some(place), why).await;
        }
        // Boxed: what waits for a hello only, or passes untouched, has no room for this.
        Box::pin(self.clone().end_tls(tls, app, host, habits)).await
    }

    async fn end_tls(
        self,
        tls: &Ending,
        app: Begun<TcpStream>,
        host: Rc<Host>,
        habits: u64,
    ) -> io::Result<()> {
        let began = Instant::now();
        let accepted = tokio::select! {
            accepted = TlsAcceptor::from(std::sync::Arc::clone(&tls.config)).accept(app) => accepted,
            () = self.worker.connections.stopping() => return Ok(()),
        };
        let mut app = match accepted {
            Ok(app) => app,
            Err(error) => {
                if let Some(refused) = refusal(&error) {
                    self.refused(tls, &host.name, habits, refused, began);
                }
                return Err(error);
            }
        };
        let mut begin = BytesMut::with_capacity(PEEKED);
        let read = tokio::select! {
            read = app.read_buf(&mut begin) => read,
            () = self.worker.connections.stopping() => return Ok(()),
        };
        if !matches!(read, Ok(1..)) {
            let refused = read.as_ref().err().and_then(refusal).unwrap_or(Refused::Closed);
            self.refused(tls, &host.name, habits, refused, began);
            return Ok(());
        }
        tls.refusals.trusts(&host.name, habits);
        let speaks_http2 = app.get_ref().1.alpn_protocol() == Some(b"h2");
        let long_heads = !speaks_http2 && has_long_heads(&begin);
        let app = Begun::new(begin.freeze(), app);
        // Nobody is left to be told why an app's connection ended; its calls' records say it.
        let _ended = match speaks_http2 {
            true => self.serve_http2(app, Door::Host(host)).await,
            false => self.serve_http1(app, Door::Host(host), long_heads).await,
        };
        Ok(())
    }

    /// A client does not take our certificate: this connection is lost for it, the next one passes; who only closed is asked once more.
    fn refused(&self, tls: &Ending, host: &str, habits: u64, refused: Refused, began: Instant) {
        let why = match refused {
            Refused::Distrust => Uncaptured::Distrust,
            Refused::Unable | Refused::Closed => Uncaptured::ClosedInHandshake,
        };
        if tls.refusals.note(host, habits, refused, began, Instant::now()) {
            self.worker.shared.metrics.uncaptured(Some(host), why);
            tracing::warn!(
                host,
                reason = ?why,
                "a client of this pod does not take Tollgate's certificate: its connections pass unmetered for ten \
                 minutes. Have it trust ca.pem of the folder tls.bundle"
            );
        }
    }

    /// What cannot or must not be read passes untouched.
    pub(super) async fn pass(
        &self,
        mut app: Begun<TcpStream>,
        place: Option<Place>,
        why: Uncaptured,
    ) -> io::Result<()> {
        self.worker.shared.metrics.uncaptured(place.as_ref().map(|place| &*place.host), why);
        // Without a name it could only be sent back to ourselves.
        let Some(place) = place else { return Ok(()) };
        let mut there = self.reach(&place).await?;
        copy_bidirectional(&mut app, &mut there).await?;
        Ok(())
    }

    pub(super) async fn reach(&self, place: &Place) -> io::Result<TcpStream> {
        let Place { host, port, by_hosts_file } = place;
        let reached = match by_hosts_file {
            true => self.upstream.out.past_hosts_file(host, *port).await,
            false => self.upstream.out.to_tls(host, *port).await,
        };
        let stream = reached.inspect_err(|error| {
            tracing::warn!(%host, port, %error, "a connection that passes untouched cannot be made");
        })?;
        let _slower = stream.set_nodelay(true);
        Ok(stream)
    }
}

// === impl Place ===

impl Place {
    fn named(name: &str) -> Self {
        Self { host: name.into(), port: HTTPS, by_hosts_file: true }
    }
}

/// Reads until the hello is whole.
async fn first_words(stream: &mut TcpStream, ahead: BytesMut) -> io::Result<(Said, Bytes)> {
    let mut begin = ahead;
    begin.reserve(HELLO);
    loop {
        match hello::read(&begin) {
            Read::Hello(hello) => return Ok((Said::Hello(hello), begin.freeze())),
            Read::Other => return Ok((Said::Other, begin.freeze())),
            Read::More => {}
        }
        if stream.read_buf(&mut begin).await? == 0 {
            let said = if begin.is_empty() { Said::Nothing } else { Said::Other };
            return Ok((said, begin.freeze()));
        }
    }
}

/// Whether a handshake failed because of our certificate.
fn refusal(error: &io::Error) -> Option<Refused> {
    match error.get_ref().and_then(|error| error.downcast_ref()) {
        Some(rustls::Error::AlertReceived(alert)) => match alert {
            Alert::UnknownCA
            | Alert::BadCertificate
            | Alert::CertificateUnknown
            | Alert::CertificateExpired
            | Alert::CertificateRevoked
            | Alert::UnsupportedCertificate
            | Alert::DecryptError
            | Alert::AccessDenied => Some(Refused::Distrust),
            // Some libraries have one word for whatever they dislike.
            _ => Some(Refused::Unable),
        },
        // We did not like what it said: a client that TLS cannot be ended for passes, too.
        Some(_) => Some(Refused::Unable),
        None => matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
        )
        .then_some(Refused::Closed),
    }
}
