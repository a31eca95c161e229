//! Sockets, bound while the sidecar is built: a port that is taken fails the start.

use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

use super::StartError;

/// Connections that wait to be accepted: a thousand at once is a burst, not an attack.
const BACKLOG: i32 = 4_096;

/// One socket a worker on the same port: the kernel spreads connections over them.
pub(super) fn bind_each(
    name: &'static str,
    address: SocketAddr,
    count: usize,
) -> Result<(Vec<TcpListener>, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { name, address, source };
    // Before the port is shared among our own, it must be nobody else's: with SO_REUSEPORT a second sidecar of the
    // same user would silently take half of the calls. This socket never listens: an app that comes too early is
    // refused, and not accepted by a socket that goes.
    let probe = socket(address, false).map_err(failed)?;
    let bound = probe.local_addr().ok().and_then(|bound| bound.as_socket()).unwrap_or(address);
    drop(probe);
    let listeners =
        (0..count).map(|_| open(bound, true).map_err(failed)).collect::<Result<Vec<_>, StartError>>()?;
    Ok((listeners, bound))
}

/// The same for a list of addresses, workers first. Those of a family that the machine lacks are passed over, unless none
/// is left.
pub(super) fn bind_all(
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

pub(super) fn bind(name: &'static str, address: SocketAddr) -> Result<TcpListener, StartError> {
    open(address, false).map_err(|source| StartError::Listen { name, address, source })
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
