//! The TCP sockets of a pod's network, whichever container opened them: as the kernel answers ([`diag`]), or where it does not,
//! as its table prints them, `/proc/net/tcp` and `tcp6`.

mod diag;

use std::collections::HashSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An open connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Socket {
    /// The kernel's number of it.
    pub(super) inode: u64,
    pub(super) remote: IpAddr,
}

const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];
const ESTABLISHED: &str = "01";

/// Where no provider is.
const LOOPBACK: [diag::Network; 2] =
    [(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8), (IpAddr::V6(Ipv6Addr::LOCALHOST), 128)];

/// How many connections were begun in this network since it is there. None where the system does not count.
pub(super) fn begun() -> Option<u64> {
    active_opens(&fs::read_to_string("/proc/net/snmp").ok()?)
}

/// Connections to this port, perhaps with those that stay on this machine. None where the system does not tell.
pub(super) fn open(port: u16) -> Vec<Socket> {
    diag::open(port, &LOOPBACK).unwrap_or_else(|error| {
        tracing::debug!(%error, "the kernel does not answer questions about sockets; its table is read");
        printed(port)
    })
}

/// Those of these connections to this port that other processes have.
pub(super) fn of_others(mut sockets: Vec<Socket>, port: u16) -> Vec<Socket> {
    if !sockets.is_empty() {
        let own = own();
        sockets.retain(|socket| !own.contains(&socket.inode));
    }
    if !sockets.is_empty() {
        // one of ours that has ended since would look like another's
        let open: HashSet<u64> = open(port).iter().map(|socket| socket.inode).collect();
        sockets.retain(|socket| open.contains(&socket.inode));
    }
    sockets
}

/// A line of names, then one of figures.
fn active_opens(counters: &str) -> Option<u64> {
    let mut lines = counters.lines().filter_map(|line| line.strip_prefix("Tcp:"));
    let (names, figures) = (lines.next()?, lines.next()?);
    let at = names.split_ascii_whitespace().position(|name| name == "ActiveOpens")?;
    figures.split_ascii_whitespace().nth(at)?.parse().ok()
}

fn printed(port: u16) -> Vec<Socket> {
    let tables = TABLES.map(|path| fs::read_to_string(path).unwrap_or_default());
    tables.iter().flat_map(|table| read(table, port)).collect()
}

fn read(table: &str, port: u16) -> impl Iterator<Item = Socket> {
    table.lines().skip(1).filter_map(move |line| {
        // sl, local, remote, state, queues, timer, retransmits, uid, timeout, inode …
        let mut words = line.split_ascii_whitespace();
        let (remote, state) = (words.nth(2)?, words.next()?);
        let inode = words.nth(5)?.parse().ok()?;
        let (address, its_port) = remote.split_once(':')?;
        let is_wanted = state == ESTABLISHED && u16::from_str_radix(its_port, 16).ok()? == port;
        if !is_wanted {
            return None;
        }
        Some(Socket { inode, remote: self::address(address)?.to_canonical() })
    })
}

/// Words of 32 bits in hexadecimal, each in the machine's own order.
fn address(text: &str) -> Option<IpAddr> {
    let word = |at: usize| {
        let word = u32::from_str_radix(text.get(8 * at..8 * (at + 1))?, 16).ok()?;
        Some(word.to_ne_bytes())
    };
    match text.len() {
        8 => Some(Ipv4Addr::from(word(0)?).into()),
        32 => {
            let mut bytes = [0; 16];
            for (at, four) in bytes.chunks_exact_mut(4).enumerate() {
                four.copy_from_slice(&word(at)?);
            }
            Some(Ipv6Addr::from(bytes).into())
        }
        _ => None,
    }
}

/// The numbers of this process's sockets.
fn own() -> HashSet<u64> {
    let files = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let links = files.filter_map(|file| fs::read_link(file.path()).ok());
    links
        .filter_map(|link| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    const V4: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000 65532        0 4001 1 0 100 0 0 10 0
   1: 0500F40A:9C40 F58C9FA2:01BB 01 00000000:00000000 02:000A7D8C 00000000  1234        0 4002 2 0 20 4 30 10 -1
   2: 0500F40A:9C42 F58C9FA2:01BB 06 00000000:00000000 03:00000CE7 00000000     0        0 0 3 0
   3: 0500F40A:9C44 F58C9FA2:1538 01 00000000:00000000 02:000A7D8C 00000000  1234        0 4003 2 0 20 4 30 10 -1
";
    const V6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000500F40A:9C46 0000000000000000FFFF0000F58C9FA2:01BB 01 00000000:00000000 00:00000000 00000000  1234        0 4004 1 0 20 4 30 10 -1
   1: B80D0120000000000000000001000000:9C48 004700260000000000000000AC409412:01BB 01 00000000:00000000 00:00000000 00000000  1234        0 4005 1 0 20 4 30 10 -1
";

    /// The kernel of a little-endian machine printed these.
    #[cfg(target_endian = "little")]
    #[test]
    fn connections_to_the_port_are_read_and_nothing_else() {
        let remote = |text: &str| text.parse::<IpAddr>().unwrap();
        let found: Vec<_> = read(V4, 443).chain(read(V6, 443)).map(|it| (it.inode, it.remote)).collect();
        let openai = remote("162.159.140.245");
        assert_eq!(found, [(4002, openai), (4004, openai), (4005, remote("2600:4700::1294:40ac"))]);
    }

    #[test]
    fn a_table_of_something_else_gives_nothing() {
        for table in ["", "sl\n", "sl\n0: a b c\n", "sl\n 1: 0500F40A:9C40 zz:01BB 01 0 0 0 0 0 7\n"] {
            assert_eq!(read(table, 443).count(), 0, "{table:?}");
        }
    }

    #[test]
    fn our_own_connections_are_not_those_of_others() {
        let (_listener, port, _open) = connection();
        let printed = printed(port);
        assert_eq!(printed.len(), 1);
        assert_eq!(of_others(printed, port), []);
    }

    #[test]
    fn the_kernel_answers_what_its_table_prints() {
        let (_listener, port, _open) = connection();
        assert_eq!(diag::open(port, &[]).unwrap(), printed(port));
    }

    #[test]
    fn what_stays_on_this_machine_is_not_asked_for() {
        let (_listener, port, _open) = connection();
        let elsewhere = [(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8), LOOPBACK[1]];
        assert_eq!(diag::open(port, &elsewhere).unwrap().len(), 1);
        assert_eq!(diag::open(port, &LOOPBACK).unwrap(), []);
    }

    #[test]
    fn a_connection_by_v6_is_answered_too() {
        let listener = TcpListener::bind("[::1]:0").unwrap();
        let at = listener.local_addr().unwrap();
        let _open = TcpStream::connect(at).unwrap();
        let found = diag::open(at.port(), &LOOPBACK[..1]).unwrap();
        assert_eq!(found.iter().map(|socket| socket.remote).collect::<Vec<_>>(), [at.ip()]);
        assert_eq!(diag::open(at.port(), &LOOPBACK).unwrap(), []);
    }

    #[test]
    fn a_connection_that_begins_is_counted() {
        let before = begun().unwrap();
        let _connection = connection();
        assert!(begun().unwrap() > before);
    }

    #[test]
    fn counters_without_the_one_of_connections_give_nothing() {
        assert_eq!(active_opens("Tcp: RtoMin ActiveOpens\nTcp: 200 17\nUdp: In\nUdp: 3\n"), Some(17));
        for counters in ["", "Tcp: RtoMin\nTcp: 200\n", "Tcp: ActiveOpens\n", "Tcp: ActiveOpens\nTcp: x\n"] {
            assert_eq!(active_opens(counters), None, "{counters:?}");
        }
    }

    /// On this machine, open for as long as it is held.
    fn connection() -> (TcpListener, u16, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let open = TcpStream::connect(at).unwrap();
        (listener, at.port(), open)
    }
}
