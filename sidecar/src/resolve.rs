//! Names as the nameservers know them. Where the hosts file sends the providers' names to ourselves, asking the
//! system would have the sidecar call itself.

use std::io;
use std::net::IpAddr;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::ResolveHosts;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// Asks the nameservers of /etc/resolv.conf; made at the first question.
#[derive(Default)]
pub(crate) struct Names(OnceCell<TokioResolver>);

/// With other addresses left: longer than a lost SYN costs, shorter than an app's own patience.
const NEXT_ADDRESS: std::time::Duration = std::time::Duration::from_millis(2_500);

// === impl Names ===

impl Names {
    /// Connects to the first address of this name that answers.
    pub(crate) async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let mut addresses = self.addresses(host).await?;
        // Clusters that route no v6 to the outside are many; where there is no v4, it fails at once.
        addresses.sort_by_key(IpAddr::is_ipv6);
        let Some(last) = addresses.pop() else {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("{host} has no address")));
        };
        for address in addresses {
            if let Ok(Ok(stream)) = timeout(NEXT_ADDRESS, TcpStream::connect((address, port))).await {
                return Ok(stream);
            }
        }
        TcpStream::connect((last, port)).await
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
