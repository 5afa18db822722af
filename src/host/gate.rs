//! Who is let in: how many connections one address has, and how fast it makes new ones.
//!
//! Addresses of IPv6 are taken by their first 64 bits, which is what one household or machine is
//! given (RFC 6177): whoever has one of them has all 2^64.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use super::bucket::{Bucket, Rate};
use crate::limits::{ADDRESSES_KEPT_MAX, RETRY_AFTER};

/// Limits for each address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GateOptions {
    /// Open connections at one time.
    pub max_connections: Option<usize>,
    /// New connections.
    pub connect_rate: Option<Rate>,
}

/// Connections that a server has refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// The server had as many as it may have.
    pub full: u64,
    /// Their address had.
    pub per_address: u64,
    /// Their address makes new ones too fast.
    pub too_fast: u64,
    /// They did not begin as the PROXY protocol wants it.
    pub proxy_protocol: u64,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denial {
    /// The server has as many connections as it may have.
    Full(usize),
    /// The address has.
    PerAddress(usize),
    /// It makes new ones too fast: in so much time it may try again.
    TooFast(Duration),
}

/// What connections are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum AddressKey {
    V4(Ipv4Addr),
    V6([u16; 4]),
}

/// The addresses that a server has to do with.
#[derive(Default)]
pub(super) struct Gate {
    addresses: HashMap<AddressKey, Guest>,
}

struct Guest {
    open: usize,
    /// None where nobody asks how fast it comes.
    bucket: Option<Bucket>,
}

impl From<SocketAddr> for AddressKey {
    fn from(address: SocketAddr) -> Self {
        match address.ip().to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self::V6([a, b, c, d])
            }
        }
    }
}

impl Denial {
    /// The status, and in how many seconds to try again.
    pub(super) fn status(self) -> (u16, &'static str) {
        match self {
            Self::Full(_) => (503, "Service Unavailable"),
            Self::PerAddress(_) | Self::TooFast(_) => (429, "Too Many Requests"),
        }
    }

    /// What the peer is told.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Full(_) => "too many connections (server option maxConnections)",
            Self::PerAddress(_) => {
                "too many connections of this address (server option maxConnectionsPerAddress)"
            }
            Self::TooFast(_) => {
                "too many new connections of this address (server option connectRate)"
            }
        }
    }
}

impl Denial {
    /// What a client is told that is not let in, as a reply to what it has not asked yet.
    pub(super) fn reply(self) -> String {
        let (status, phrase) = self.status();
        let (wait, message) = (self.retry_after(), self.message());
        format!(
            "HTTP/1.1 {status} {phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Retry-After: {wait}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{message}\n",
            message.len() + 1
        )
    }

    /// When to try again: whole seconds, one at least.
    pub(super) fn retry_after(self) -> String {
        let Self::TooFast(wait) = self else { return RETRY_AFTER.to_owned() };
        let begun = u64::from(wait.subsec_nanos() > 0);
        wait.as_secs().saturating_add(begun).max(1).to_string()
    }
}

impl Refused {
    pub(super) fn note(&mut self, denial: Denial) {
        match denial {
            Denial::Full(_) => self.full += 1,
            Denial::PerAddress(_) => self.per_address += 1,
            Denial::TooFast(_) => self.too_fast += 1,
        }
    }
}

impl GateOptions {
    pub(super) fn gate(&self) -> Option<Box<Gate>> {
        (*self != Self::default()).then(Box::default)
    }
}

impl Gate {
    /// Lets one more connection in, which [`leave`](Self::leave) is told of when it is over.
    pub(super) fn enter(
        &mut self,
        key: AddressKey,
        options: &GateOptions,
        now: Instant,
    ) -> Result<(), Denial> {
        if self.addresses.len() >= ADDRESSES_KEPT_MAX && !self.addresses.contains_key(&key) {
            self.forget_some(options, now);
        }
        let guest = self.addresses.entry(key).or_insert_with(|| Guest {
            open: 0,
            bucket: options.connect_rate.map(|rate| Bucket::full(&rate, now)),
        });
        // Whoever is refused for the other reason has come too.
        if let (Some(rate), Some(bucket)) = (&options.connect_rate, &mut guest.bucket)
            && !bucket.take(rate, now)
        {
            return Err(Denial::TooFast(bucket.wait(rate)));
        }
        if let Some(max) = options.max_connections.filter(|max| guest.open >= *max) {
            return Err(Denial::PerAddress(max));
        }
        guest.open += 1;
        Ok(())
    }

    /// A connection is over.
    pub(super) fn leave(&mut self, key: AddressKey, options: &GateOptions, now: Instant) {
        let Some(guest) = self.addresses.get_mut(&key) else { return };
        guest.open = guest.open.saturating_sub(1);
        if guest.may_be_forgotten(options, now) {
            self.addresses.remove(&key);
        }
    }

    /// Makes room: those of whom nothing is known but that they were here once go first, then
    /// whoever has no connection. All others are no more than there are connections.
    fn forget_some(&mut self, options: &GateOptions, now: Instant) {
        self.addresses.retain(|_, guest| !guest.may_be_forgotten(options, now));
        if self.addresses.len() >= ADDRESSES_KEPT_MAX {
            self.addresses.retain(|_, guest| guest.open > 0);
        }
    }
}

impl Guest {
    fn may_be_forgotten(&mut self, options: &GateOptions, now: Instant) -> bool {
        let rested = match (&options.connect_rate, &mut self.bucket) {
            (Some(rate), Some(bucket)) => bucket.is_full(rate, now),
            _ => true,
        };
        self.open == 0 && rested
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::monotonic_clock;

    fn key(address: &str) -> AddressKey {
        SocketAddr::new(address.parse().unwrap(), 1).into()
    }

    #[test]
    fn addresses_are_taken_by_what_one_household_has() {
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.1"), key("10.0.0.1"));
        assert_ne!(key("10.0.0.1"), key("10.0.0.2"));
    }

    #[test]
    fn an_address_has_its_connections_and_no_more() {
        let options = GateOptions { max_connections: Some(2), connect_rate: None };
        let (mut gate, now) = (Gate::default(), monotonic_clock());
        let (one, other) = (key("10.0.0.1"), key("10.0.0.2"));
        let mut enter = |key| gate.enter(key, &options, now);
        assert_eq!([enter(one), enter(one), enter(other)], [Ok(()); 3]);
        assert_eq!(enter(one), Err(Denial::PerAddress(2)));
        gate.leave(one, &options, now);
        assert_eq!(gate.enter(one, &options, now), Ok(()));
        for key in [one, one, other] {
            gate.leave(key, &options, now);
        }
        assert!(gate.addresses.is_empty());
    }

    #[test]
    fn whoever_comes_too_fast_waits_even_with_no_connection_left() {
        let rate = Rate { count: 1, per: Duration::from_secs(1), burst: 2 };
        let options = GateOptions { max_connections: None, connect_rate: Some(rate) };
        let (mut gate, start) = (Gate::default(), monotonic_clock());
        let one = key("10.0.0.1");
        for _ in 0..2 {
            assert_eq!(gate.enter(one, &options, start), Ok(()));
            gate.leave(one, &options, start);
        }
        let denied = gate.enter(one, &options, start);
        assert_eq!(denied, Err(Denial::TooFast(Duration::from_secs(1))));
        assert_eq!(gate.enter(key("10.0.0.2"), &options, start), Ok(()));
        assert_eq!(gate.enter(one, &options, start + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn addresses_without_end_take_no_memory_without_end() {
        let rate = Rate { count: 1, per: Duration::from_hours(1), burst: 2 };
        let options = GateOptions { max_connections: None, connect_rate: Some(rate) };
        let (mut gate, now) = (Gate::default(), monotonic_clock());
        let kept = AddressKey::V6([1, 0, 0, 0]);
        assert_eq!(gate.enter(kept, &options, now), Ok(()));
        for number in 0..ADDRESSES_KEPT_MAX * 3 {
            let [.., a, b, c] = u32::try_from(number).unwrap().to_be_bytes();
            let key = AddressKey::V4(Ipv4Addr::new(10, a, b, c));
            assert_eq!(gate.enter(key, &options, now), Ok(()));
            gate.leave(key, &options, now);
            assert!(gate.addresses.len() <= ADDRESSES_KEPT_MAX);
        }
        assert!(gate.addresses.contains_key(&kept), "whoever is connected is not forgotten");
    }
}
