//! What proxies say of those for whom they speak: `X-Forwarded-For`, `-Proto` and `-Host`, and
//! `Forwarded` (RFC 7239). Whom to believe is for others to know.
//!
//! Each proxy appends what it knows of its own peer, so what comes last is the word of the nearest.
//! Everything is told from there on.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

use super::headers::Headers;

/// What one proxy says of its peer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hop {
    /// Its address. The port is 0 where nothing is said of it, and there is no address where it is
    /// `unknown`, a made-up name, or nothing that can be understood.
    pub address: Option<SocketAddr>,
    /// Whether it spoke TLS.
    pub secure: Option<bool>,
    /// The `Host` field that it sent.
    pub host: Option<String>,
}

/// The hops that `Forwarded` tells of, the nearest first.
pub fn forwarded(headers: &Headers) -> Vec<Hop> {
    let mut hops = Vec::new();
    for value in headers.values("forwarded") {
        let text = String::from_utf8_lossy(value);
        // Whoever opens a quotation and leaves it to a proxy to close it hides what that says.
        if is_open(&text) {
            hops.push(Hop::default());
        } else {
            hops.extend(split(&text, ',').map(hop));
        }
    }
    hops.reverse();
    hops
}

/// The same of `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`. Where a list of the
/// latter two is shorter, its first entry is for all hops that are left: many proxies set one and
/// leave that of others alone.
pub fn x_forwarded(headers: &Headers) -> Vec<Hop> {
    let entries = |name: &str| {
        let mut entries = Vec::new();
        for value in headers.values(name) {
            let text = String::from_utf8_lossy(value);
            entries.extend(text.split(',').map(|entry| entry.trim().to_owned()));
        }
        entries.reverse();
        entries
    };
    let (nodes, protos) = (entries("x-forwarded-for"), entries("x-forwarded-proto"));
    let hosts = entries("x-forwarded-host");
    let at =
        |entries: &[String], index: usize| entries.get(index).or_else(|| entries.last()).cloned();
    (0..nodes.len().max(1))
        .map(|index| Hop {
            address: nodes.get(index).and_then(|node| address(node)),
            secure: at(&protos, index).and_then(|proto| secure(&proto)),
            host: at(&hosts, index).filter(|host| is_host(host)),
        })
        .collect()
}

/// RFC 7239 4: pairs of a name and a value, each name once.
fn hop(element: &str) -> Hop {
    let mut hop = Hop::default();
    for pair in split(element, ';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let value = unquoted(value.trim());
        match &*name.trim().to_ascii_lowercase() {
            "for" => hop.address = address(&value),
            "proto" => hop.secure = secure(&value),
            "host" => hop.host = Some(value).filter(|host| is_host(host)),
            _ => {}
        }
    }
    hop
}

/// Whether a quoted string has no end.
fn is_open(text: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    quoted
}

/// The parts between separators that are not in a quoted string.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let separates = c == separator && !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        separates
    })
}

/// RFC 9110 5.6.4.
fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let Some(inner) = inner else { return value.to_owned() };
    let (mut text, mut escaped) = (String::new(), false);
    for c in inner.chars() {
        escaped = c == '\\' && !escaped;
        if !escaped {
            text.push(c);
        }
    }
    text
}

/// RFC 7239 6: an address, and perhaps a port. Addresses of IPv6 have brackets there, but few have
/// them in `X-Forwarded-For`.
fn address(node: &str) -> Option<SocketAddr> {
    if let Ok(address) = node.parse::<SocketAddr>() {
        return Some(address);
    }
    let bare = node.strip_prefix('[').and_then(|node| node.strip_suffix(']'));
    let address = match bare {
        Some(bare) => IpAddr::V6(bare.parse::<Ipv6Addr>().ok()?),
        None => node.parse::<IpAddr>().ok().or_else(|| without_port(node))?,
    };
    Some(SocketAddr::new(address, 0))
}

/// RFC 7239 6.2: a port may have a made-up name too.
fn without_port(node: &str) -> Option<IpAddr> {
    let (address, port) = node.rsplit_once(':')?;
    if !port.starts_with('_') {
        return None;
    }
    let bare = address.strip_prefix('[').and_then(|address| address.strip_suffix(']'));
    match bare {
        Some(bare) => bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => address.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

fn secure(proto: &str) -> Option<bool> {
    match &*proto.to_ascii_lowercase() {
        "https" | "wss" => Some(true),
        "http" | "ws" => Some(false),
        _ => None,
    }
}

/// Whether a text can be a host and a port.
fn is_host(text: &str) -> bool {
    let is_of_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:[]%".contains(&byte);
    !text.is_empty() && text.bytes().all(is_of_host)
}

#[cfg(test)]
#[path = "tests/forwarded.rs"]
mod tests;
