//! Names as the nameservers know them. Where the hosts file sends the providers' names to ourselves, asking the
//! system would have the sidecar call itself.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::ResolveHosts;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Asks the nameservers of /etc/resolv.conf; made at the first question.
#[derive(Default)]
pub(crate) struct Names(OnceCell<TokioResolver>);

/// With other addresses left, the next one is asked beside those that have not answered (RFC 8305, 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// Connects to the first address of this name, as the system knows it, that answers: one that swallows what it is sent must
/// not take all the time that there is.
pub(crate) async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    first_of(tokio::net::lookup_host((host, port)).await?.collect()).await
}

async fn first_of(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut tried = JoinSet::new();
    let mut failed = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    loop {
        if let Some(address) = addresses.next() {
            tried.spawn(TcpStream::connect(address));
        }
        tokio::select! {
            answered = tried.join_next() => match answered {
                Some(Ok(Ok(stream))) => return Ok(stream),
                Some(Ok(Err(error))) => failed = error,
                Some(Err(_ended)) => {}
                None => return Err(failed),
            },
            () = sleep(NEXT_ADDRESS), if !addresses.as_slice().is_empty() => {}
        }
    }
}

// === impl Names ===

impl Names {
    /// Connects to the first address of this name that answers.
    pub(crate) async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let mut addresses = self.addresses(host).await?;
        // Clusters that route no v6 to the outside are many; where there is no v4, it fails at once.
        addresses.sort_by_key(IpAddr::is_ipv6);
        first_of(addresses.into_iter().map(|address| (address, port).into()).collect()).await
    }

    pub(crate) async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let resolver = self
            .0
            .get_or_try_init(async || {
                let mut builder = TokioResolver::builder_tokio()?;
                builder.options_mut().use_hosts_file = ResolveHosts::Never;
                builder.build()
            })
            .await
            .map_err(|error| io::Error::other(format!("/etc/resolv.conf names no nameserver: {error}")))?;
        // Absolute, or each search domain of the pod would be asked first.
        let found = resolver.lookup_ip(format!("{host}.")).await;
        let found = found.map_err(|error| io::Error::new(io::ErrorKind::NotFound, error.to_string()))?;
        Ok(found.iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpSocket};

    use super::*;

    const LOCAL: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

    /// Whatever is sent there is not answered: as many as it lets wait are waiting.
    async fn swallowing() -> (TcpListener, JoinSet<io::Result<TcpStream>>) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(LOCAL.into()).unwrap();
        let listener = socket.listen(0).unwrap();
        let at = listener.local_addr().unwrap();
        let mut waiting = JoinSet::new();
        loop {
            let one = tokio::time::timeout(Duration::from_millis(500), TcpStream::connect(at)).await;
            let Ok(one) = one else { return (listener, waiting) };
            waiting.spawn(async { one });
        }
    }

    fn alone<T>(test: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
    }

    #[test]
    fn an_address_that_swallows_what_it_is_sent_keeps_nobody_from_the_next() {
        alone(async {
            let (hole, _waiting) = swallowing().await;
            let answers = TcpListener::bind(SocketAddr::from(LOCAL)).await.unwrap();
            let both = [&hole, &answers].map(|listener| listener.local_addr().unwrap());
            let stream = tokio::time::timeout(Duration::from_secs(5), first_of(both.to_vec())).await;
            assert_eq!(stream.unwrap().unwrap().peer_addr().unwrap(), both[1]);
        });
    }

    #[test]
    fn an_address_that_refuses_leads_to_the_next_and_the_last_says_why() {
        alone(async {
            let closed = TcpListener::bind(SocketAddr::from(LOCAL)).await.unwrap().local_addr().unwrap();
            let answers = TcpListener::bind(SocketAddr::from(LOCAL)).await.unwrap();
            let at = answers.local_addr().unwrap();
            assert_eq!(first_of(vec![closed, at]).await.unwrap().peer_addr().unwrap(), at);
            let refused = first_of(vec![closed]).await.unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
            assert_eq!(first_of(Vec::new()).await.unwrap_err().kind(), io::ErrorKind::NotFound);
        });
    }
}
