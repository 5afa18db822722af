//! Who is let in, who is believed, and whose time it is.

/// Bytes of a header of the PROXY protocol. Addresses take 52, and what balancers add some hundreds.
pub const PROXY_HEADER_BYTES_MAX: usize = 4096;

/// Proxies one behind the other that an option counts: more than any request passes.
pub const PROXY_HOPS_MAX: u64 = 64;

/// Addresses of which a server remembers how fast they connect, in some 6 MiB. Whoever has more than
/// that of the Internet is not to be counted by addresses. Those that have connections are kept beyond
/// it: they are no more than there are connections.
pub const ADDRESSES_KEPT_MAX: usize = 65_536;

/// The highest rate that an option takes, in messages, bytes or connections.
pub const OPTION_RATE_MAX: u64 = 1 << 40;
