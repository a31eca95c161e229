//! Sockets, bound before all else: a port that is taken fails the start. Whoever comes early waits at them.

use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};

use super::StartError;
use crate::config::Config;
use crate::doors::Entrance;

/// Connections that wait to be accepted: a thousand at once is a burst, not an attack.
const BACKLOG: i32 = 4_096;

/// More workers than this only idle beside an app.
const MOST_WORKERS: usize = 8;

/// A sidecar that was killed and one that is started at once meet: the kernel takes a while to end a process.
pub(super) const PREDECESSOR: Duration = Duration::from_secs(1);

const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// All sockets of a sidecar.
pub(crate) struct Sockets {
    pub(super) of_workers: Vec<Vec<(Entrance, TcpListener)>>,
    pub(super) admin: Option<TcpListener>,
    pub(super) addresses: Addresses,
    closed: bool,
}

/// Where the sidecar really listens; ports that were 0 are known here.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    pub(super) base_url: SocketAddr,
    pub(super) hosts: Vec<SocketAddr>,
    pub(super) proxy: Option<SocketAddr>,
    pub(super) admin: Option<SocketAddr>,
}

// === impl Sockets ===

impl Sockets {
    pub(crate) fn bind(config: &Config) -> Result<Self, StartError> {
        let count = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
        let (of_base_url, base_url) = bind_each("listen.baseUrl", config.listen.base_url, count)?;
        let (of_hosts, hosts) = bind_all("listen.hosts", &config.listen.hosts, count)?;
        let (of_proxy, proxy) = bind_all("listen.proxy", config.listen.proxy.as_slice(), count)?;
        let admin = config.listen.admin.map(|address| bind("listen.admin", address)).transpose()?;
        let addresses = Addresses {
            base_url,
            hosts,
            proxy: proxy.first().copied(),
            admin: admin.as_ref().map(TcpListener::local_addr).transpose()?,
        };
        let of_workers = of_base_url
            .into_iter()
            .zip(of_hosts.into_iter().zip(of_proxy))
            .map(|(listener, (of_hosts, of_proxy))| {
                let mut listeners = vec![(Entrance::BaseUrl, listener)];
                listeners.extend(of_hosts.into_iter().map(|listener| (Entrance::Hosts, listener)));
                listeners.extend(of_proxy.into_iter().map(|listener| (Entrance::Proxy, listener)));
                listeners
            })
            .collect();
        Ok(Self { of_workers, admin, addresses, closed: false })
    }

    /// Nobody is accepted here any more; others that hold them may.
    pub(crate) fn close(&mut self) {
        self.of_workers.iter_mut().for_each(Vec::clear);
        self.admin = None;
        self.closed = true;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }
}

/// Tries until a predecessor that is being killed has gone, or surely is none.
pub(super) fn past_a_predecessor<T, E>(
    mut attempt: impl FnMut() -> Result<T, E>,
    is_taken: impl Fn(&E) -> bool,
) -> Result<T, E> {
    let until = Instant::now() + PREDECESSOR;
    loop {
        match attempt() {
            Err(error) if is_taken(&error) && Instant::now() < until => thread::sleep(LOOK_AGAIN),
            tried => return tried,
        }
    }
}

/// One socket a worker on the same port: the kernel spreads connections over them.
fn bind_each(
    name: &'static str,
    address: SocketAddr,
    count: usize,
) -> Result<(Vec<TcpListener>, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { name, address, source };
    // Before the port is shared among our own, it must be nobody else's: with SO_REUSEPORT a second sidecar of the
    // same user would silently take half of the calls. This socket never listens: an app that comes too early is
    // refused, and not accepted by a socket that goes.
    let probe = past_a_predecessor(|| socket(address, false), is_taken).map_err(failed)?;
    let bound = probe.local_addr().ok().and_then(|bound| bound.as_socket()).unwrap_or(address);
    drop(probe);
    let listeners =
        (0..count).map(|_| open(bound, true).map_err(failed)).collect::<Result<Vec<_>, StartError>>()?;
    Ok((listeners, bound))
}

/// The same for a list of addresses, workers first. Those of a family that the machine lacks are passed over, unless none
/// is left.
fn bind_all(
    name: &'static str,
    addresses: &[SocketAddr],
    count: usize,
) -> Result<(Vec<Vec<TcpListener>>, Vec<SocketAddr>), StartError> {
    let mut of_workers: Vec<Vec<TcpListener>> = (0..count).map(|_| Vec::new()).collect();
    let (mut bound, mut lacking) = (Vec::new(), None);
    for address in addresses {
        match bind_each(name, *address, count) {
            Ok((listeners, address)) => {
                bound.push(address);
                for (of_worker, listener) in of_workers.iter_mut().zip(listeners) {
                    of_worker.push(listener);
                }
            }
            Err(StartError::Listen { name, address, source }) if is_lacking(&source) => {
                tracing::warn!(
                    "{name} {address} is passed over: this machine has no such address ({source})"
                );
                lacking = Some(StartError::Listen { name, address, source });
            }
            Err(error) => return Err(error),
        }
    }
    match lacking {
        Some(error) if bound.is_empty() => Err(error),
        _ => Ok((of_workers, bound)),
    }
}

fn is_lacking(error: &std::io::Error) -> bool {
    // Linux has no kind for a family that it does not speak.
    const FAMILY_NOT_SUPPORTED: i32 = 97;
    error.kind() == std::io::ErrorKind::AddrNotAvailable || error.raw_os_error() == Some(FAMILY_NOT_SUPPORTED)
}

fn bind(name: &'static str, address: SocketAddr) -> Result<TcpListener, StartError> {
    past_a_predecessor(|| open(address, false), is_taken).map_err(|source| StartError::Listen {
        name,
        address,
        source,
    })
}

fn is_taken(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::AddrInUse
}

fn open(address: SocketAddr, shares_port: bool) -> std::io::Result<TcpListener> {
    let socket = socket(address, shares_port)?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

fn socket(address: SocketAddr, shares_port: bool) -> std::io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    if shares_port {
        socket.set_reuse_port(true)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_share_one_port_that_nobody_else_gets() {
        let (listeners, bound) = bind_each("listen.baseUrl", "127.0.0.1:0".parse().unwrap(), 3).unwrap();
        assert_eq!(listeners.len(), 3);
        assert!(listeners.iter().all(|listener| listener.local_addr().unwrap() == bound));
        let taken = bind_each("listen.baseUrl", bound, 2).unwrap_err().to_string();
        assert!(taken.starts_with(&format!("cannot listen on listen.baseUrl {bound}")), "{taken}");
    }

    #[test]
    fn a_port_that_is_given_up_in_the_meantime_is_had() {
        let taken = bind("listen.admin", "127.0.0.1:0".parse().unwrap()).unwrap();
        let address = taken.local_addr().unwrap();
        let (mut tries, mut taken) = (0, Some(taken));
        let tried = past_a_predecessor(
            || {
                tries += 1;
                let tried = open(address, false);
                taken = None;
                tried
            },
            is_taken,
        );
        assert_eq!((tried.unwrap().local_addr().unwrap(), tries), (address, 2));
    }

    #[test]
    fn an_address_that_the_machine_lacks_is_passed_over_unless_it_is_the_only_one() {
        // of a network that is for documentation, so no machine's
        let (own, lacking) = ("127.0.0.1:0".parse().unwrap(), "192.0.2.1:0".parse().unwrap());
        let (of_workers, bound) = bind_all("listen.hosts", &[lacking, own], 2).unwrap();
        assert_eq!((of_workers.len(), bound.len()), (2, 1));
        assert!(bind_all("listen.hosts", &[lacking], 2).is_err());
        let (of_workers, bound) = bind_all("listen.hosts", &[], 2).unwrap();
        assert!(of_workers.len() == 2 && bound.is_empty());
    }
}
