//! Which addresses a receiver may have. Whoever may write an alert in a namespace must not make the operator knock at doors that
//! are closed to him: only public addresses are reached, and those that the admin allows.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
    time::Duration,
};

use serde::Deserialize;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

/// An address that does not answer, where there is another, is waited for so long.
const WITH_ONE: Duration = Duration::from_secs(3);

/// What the admin allows besides public addresses: `10.1.2.0/24`, `10.1.2.3`, or a host's name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Allowed {
    Range(IpAddr, u8),
    /// Whatever it resolves to.
    Host(String),
}

/// What is no range, address or host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a range like 10.1.2.0/24, an address or a host's name, found {0:?}")]
pub struct NotAllowable(String);

/// Why nothing is sent there.
#[derive(Debug, thiserror::Error)]
pub enum ReachError {
    #[error("{host} cannot be resolved: {source}")]
    Resolve { host: String, source: io::Error },
    #[error(
        "{host} is {address}, which is not a public address: refused. If it is meant, the admin allows it in the chart's \
         alerts.allow"
    )]
    Refused { host: String, address: IpAddr },
    #[error("{host} resolves to nothing")]
    Nowhere { host: String },
    #[error("{host} ({address}) cannot be reached: {source}")]
    Connect { host: String, address: SocketAddr, source: io::Error },
}

/// The addresses of a host that may be reached. Each of them must be: one that is refused refuses all, for a name that
/// answers now so and now so is how this is got around.
pub async fn addresses(host: &str, port: u16, allowed: &[Allowed]) -> Result<Vec<SocketAddr>, ReachError> {
    let named = host.trim_start_matches('[').trim_end_matches(']');
    let found: Vec<SocketAddr> = lookup_host((named, port))
        .await
        .map_err(|source| ReachError::Resolve { host: host.to_owned(), source })?
        .collect();
    let host_allowed = allowed.iter().any(|allowed| allowed.is_host(named));
    if let Some(refused) = found.iter().find(|address| !host_allowed && !may_reach(address.ip(), allowed)) {
        return Err(ReachError::Refused { host: host.to_owned(), address: refused.ip() });
    }
    if found.is_empty() { Err(ReachError::Nowhere { host: host.to_owned() }) } else { Ok(found) }
}

/// A connection to one of the addresses that were judged: the name is not asked again.
pub async fn connect(host: &str, port: u16, allowed: &[Allowed]) -> Result<TcpStream, ReachError> {
    let mut last = ReachError::Nowhere { host: host.to_owned() };
    let addresses = addresses(host, port, allowed).await?;
    for (at, address) in addresses.iter().copied().enumerate() {
        // The last may take all the time that is left.
        let patience = if at + 1 == addresses.len() { Duration::MAX } else { WITH_ONE };
        let met = timeout(patience, TcpStream::connect(address)).await;
        match met.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
            Ok(stream) => return Ok(stream),
            Err(source) => last = ReachError::Connect { host: host.to_owned(), address, source },
        }
    }
    Err(last)
}

fn may_reach(address: IpAddr, allowed: &[Allowed]) -> bool {
    is_public(address) || allowed.iter().any(|allowed| allowed.holds(address))
}

/// Whether it is an address of the internet, and nobody's own: not this machine, not its link (clouds' metadata is there), no private
/// network (the cluster's pods and services are in one), nothing reserved. An IPv4 address within an IPv6 one is judged as such.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            // 2000::/3 is all that is given out; within it, documentation and clouds' metadata are not public
            None => address.segments()[0] & 0xe000 == 0x2000 && address.segments()[..2] != [0x2001, 0x0db8],
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b); // carriers', and one cloud's metadata
    let benchmark = a == 198 && (b == 18 || b == 19);
    let protocol = a == 192 && b == 0 && c == 0;
    // looks public, and is of each virtual machine's own host
    let azure = address == Ipv4Addr::new(168, 63, 129, 16);
    !(azure
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || shared
        || benchmark
        || protocol)
}

/// The IPv4 address that a mapped, translated (NAT64) or 6to4 one leads to.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let low = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match segments {
        [0, 0, 0, 0, 0, 0 | 0xffff, a, b] => Some(low(a, b)),
        // the well-known prefix alone: below 64:ff9b:1::/48 it stands where each network wants it
        [0x64, 0xff9b, 0, 0, 0, 0, a, b] => Some(low(a, b)),
        [0x2002, a, b, ..] => Some(low(a, b)),
        _ => None,
    }
}

// === impl Allowed ===

impl Allowed {
    fn holds(&self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::Range(IpAddr::V4(range), bits), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(*bits)).unwrap_or(0);
                u32::from(*range) & mask == u32::from(address) & mask
            }
            (Self::Range(IpAddr::V6(range), bits), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(*bits)).unwrap_or(0);
                u128::from(*range) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }

    fn is_host(&self, name: &str) -> bool {
        matches!(self, Self::Host(host) if host.eq_ignore_ascii_case(name))
    }
}

impl TryFrom<String> for Allowed {
    type Error = NotAllowable;

    fn try_from(text: String) -> Result<Self, NotAllowable> {
        text.parse()
    }
}

impl FromStr for Allowed {
    type Err = NotAllowable;

    fn from_str(text: &str) -> Result<Self, NotAllowable> {
        let wrong = || NotAllowable(text.chars().take(64).collect());
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Range(address, if address.is_ipv4() { 32 } else { 128 }));
        }
        if let Some((address, bits)) = text.split_once('/') {
            let address: IpAddr = address.parse().map_err(|_| wrong())?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.parse().ok().filter(|bits| *bits <= most).ok_or_else(wrong)?;
            return Ok(Self::Range(address, bits));
        }
        let host = !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        if host { Ok(Self::Host(text.to_owned())) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn addresses_of_the_internet_are_reached() {
        for address in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.63.0.1", "2606:4700::1111", "64:ff9b::101:101"]
        {
            assert!(public(address), "{address}");
        }
    }

    #[test]
    fn this_machine_its_link_metadata_and_private_networks_are_not_however_they_are_written() {
        for address in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.96.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.192",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1:a9fe:a9:fe00:101:101",
            "168.63.129.16",
            "::ffff:168.63.129.16",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[test]
    fn what_the_admin_allows_is_reached_and_its_neighbours_are_not() {
        let allowed: Vec<Allowed> =
            ["10.1.2.0/24", "192.168.1.7", "fd00::/16"].map(|text| text.parse().unwrap()).into();
        for (address, reached) in [
            ("10.1.2.200", true),
            ("10.1.3.1", false),
            ("192.168.1.7", true),
            ("192.168.1.8", false),
            ("fd00::1", true),
            ("fe80::1", false),
        ] {
            assert_eq!(may_reach(address.parse().unwrap(), &allowed), reached, "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_resolves_to_this_machine_is_refused_with_what_to_do_unless_it_is_allowed() {
        let refused = addresses("localhost", 80, &[]).await.unwrap_err().to_string();
        assert!(refused.contains("not a public address") && refused.contains("alerts.allow"), "{refused}");
        assert!(addresses("localhost", 80, &["localhost".parse().unwrap()]).await.is_ok());
        assert!(addresses("[::1]", 80, &[]).await.is_err());
    }

    #[test]
    fn what_is_no_range_is_named() {
        for text in ["10.0.0.0/33", "10.0.0/8", "", "a b", "::/129"] {
            assert!(text.parse::<Allowed>().is_err(), "{text}");
        }
    }
}
