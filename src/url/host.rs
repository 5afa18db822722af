//! Hosts: domains, addresses, and what other schemes have in their place.
//!
//! Spec: <https://url.spec.whatwg.org/#host-parsing>

use std::fmt::{self, Display, Formatter};
use std::net::{Ipv4Addr, Ipv6Addr};

use idna::AsciiDenyList;

use super::encode::{self, percent_decode};

/// The host of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// The host of `file:///path`.
    Empty,
    /// A domain, in ASCII.
    Domain(String),
    /// An IPv4 address, however it was written.
    Ipv4(Ipv4Addr),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
    /// The host of a scheme that is not special: any text.
    Opaque(String),
}

impl Host {
    /// URL 3.5, "host parser"; `None` where that fails.
    pub fn parse(input: &str, is_opaque: bool) -> Option<Self> {
        if let Some(rest) = input.strip_prefix('[') {
            return rest.strip_suffix(']').and_then(parse_ipv6).map(Self::Ipv6);
        }
        if is_opaque {
            return parse_opaque(input);
        }
        let decoded = percent_decode(input);
        let domain = domain_to_ascii(&String::from_utf8_lossy(&decoded))?;
        if ends_in_a_number(&domain) {
            return parse_ipv4(&domain).map(Self::Ipv4);
        }
        Some(Self::Domain(domain))
    }
}

impl Display for Host {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Domain(name) | Self::Opaque(name) => to.write_str(name),
            Self::Ipv4(address) => address.fmt(to),
            Self::Ipv6(address) => write_ipv6(*address, to),
        }
    }
}

/// URL 3.3, "domain to ASCII", not strictly; `None` where that fails.
fn domain_to_ascii(domain: &str) -> Option<String> {
    // A domain in ASCII is taken as it is, even with labels that no registry would accept.
    let ascii = if domain.is_ascii() {
        domain.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii_cow(domain.as_bytes(), AsciiDenyList::URL).ok()?.into_owned()
    };
    let forbidden = |byte: u8| is_forbidden(byte) || byte == b'%' || byte.is_ascii_control();
    (!ascii.is_empty() && !ascii.bytes().any(forbidden)).then_some(ascii)
}

/// URL 3.3, "domain to Unicode"; a domain that stands for nothing stays as it is.
pub fn domain_to_unicode(domain: &str) -> String {
    match idna::domain_to_unicode(domain) {
        (unicode, Ok(())) => unicode,
        (_, Err(_)) => domain.to_owned(),
    }
}

/// URL 3.2, "forbidden host code point".
fn is_forbidden(byte: u8) -> bool {
    matches!(
        byte,
        0 | b'\t'
            | b'\n'
            | b'\r'
            | b' '
            | b'#'
            | b'/'
            | b':'
            | b'<'
            | b'>'
            | b'?'
            | b'@'
            | b'['
            | b'\\'
            | b']'
            | b'^'
            | b'|'
    )
}

fn parse_opaque(input: &str) -> Option<Host> {
    if input.bytes().any(is_forbidden) {
        return None;
    }
    Some(match encode::encoded(input, encode::c0_control) {
        host if host.is_empty() => Host::Empty,
        host => Host::Opaque(host),
    })
}

/// URL 3.5, "ends in a number checker".
fn ends_in_a_number(domain: &str) -> bool {
    let without_dot = domain.strip_suffix('.').unwrap_or(domain);
    let last = without_dot.rsplit('.').next().unwrap_or_default();
    let digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    digits || parse_ipv4_number(last).is_some()
}

/// URL 3.5, "IPv4 parser".
fn parse_ipv4(domain: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = domain.strip_suffix('.').unwrap_or(domain).split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let numbers = parts.iter().map(|part| parse_ipv4_number(part)).collect::<Option<Vec<u64>>>()?;
    let (last, first) = numbers.split_last()?;
    if first.iter().any(|number| *number > 255)
        || *last >= 256_u64.pow(5 - u32::try_from(numbers.len()).ok()?)
    {
        return None;
    }
    let mut address = *last;
    for (index, number) in first.iter().enumerate() {
        address += number << (8 * (3 - index));
    }
    u32::try_from(address).ok().map(Ipv4Addr::from)
}

/// A number in decimal, octal or hexadecimal digits; one beyond any address counts as the largest.
fn parse_ipv4_number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (digits, radix) = match (hexadecimal, text.strip_prefix('0')) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) if !digits.is_empty() => (digits, 8),
        _ => (text, 10),
    };
    let mut number: u64 = 0;
    for digit in digits.chars() {
        let digit = u64::from(digit.to_digit(radix)?);
        number = number.saturating_mul(u64::from(radix)).saturating_add(digit);
    }
    Some(number)
}

/// URL 3.5, "IPv6 parser".
fn parse_ipv6(text: &str) -> Option<Ipv6Addr> {
    // The standard library reads the same addresses, but for zones and leading zeros, which it
    // refuses as the URL standard does.
    text.parse().ok()
}

/// URL 3.6, "IPv6 serializer": the standard library writes some addresses with dots.
fn write_ipv6(address: Ipv6Addr, to: &mut Formatter<'_>) -> fmt::Result {
    let pieces = address.segments();
    let (start, length) = longest_zeros(&pieces);
    to.write_str("[")?;
    let mut index = 0;
    while index < pieces.len() {
        if length > 1 && index == start {
            to.write_str(if index == 0 { "::" } else { ":" })?;
            index += length;
            continue;
        }
        write!(to, "{:x}", pieces[index])?;
        if index < pieces.len() - 1 {
            to.write_str(":")?;
        }
        index += 1;
    }
    to.write_str("]")
}

/// Where the first longest run of zeros starts, and how long it is.
fn longest_zeros(pieces: &[u16; 8]) -> (usize, usize) {
    let mut longest = (0, 0);
    let mut start = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if *piece != 0 {
            start = index + 1;
        } else if index + 1 - start > longest.1 {
            longest = (start, index + 1 - start);
        }
    }
    longest
}
