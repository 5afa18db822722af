//! Questions.
//!
//! Spec: RFC 1035 4.1.

use super::name::push_name;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(u16);

impl Kind {
    /// An alias.
    pub const CNAME: Self = Self(5);
    /// All there is.
    pub const ANY: Self = Self(255);

    const NAMES: [(&'static str, u16); 13] = [
        ("A", 1),
        ("NS", 2),
        ("CNAME", 5),
        ("SOA", 6),
        ("PTR", 12),
        ("MX", 15),
        ("TXT", 16),
        ("AAAA", 28),
        ("SRV", 33),
        ("NAPTR", 35),
        ("TLSA", 52),
        ("ANY", 255),
        ("CAA", 257),
    ];

    /// The kind of this name: `AAAA`.
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, number)| Self(*number))
    }

    /// The kind of this number.
    pub const fn of(number: u16) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Its name, where it has one here.
    pub fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(_, number)| *number == self.0).map(|(name, _)| *name)
    }
}

/// The class of all that is asked: the Internet.
pub(super) const INTERNET: u16 = 1;

/// A message that asks for records of a name. `None` if it is no name.
pub fn encode(id: u16, name: &str, kind: Kind) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(name.len() + 18);
    out.extend_from_slice(&id.to_be_bytes());
    // A question, for which the server is to ask others.
    out.extend_from_slice(&[1, 0]);
    // One question; no answers, no authorities, nothing else.
    out.extend_from_slice(&[0, 1, 0, 0, 0, 0, 0, 0]);
    if !push_name(name, &mut out) {
        return None;
    }
    out.extend_from_slice(&kind.number().to_be_bytes());
    out.extend_from_slice(&INTERNET.to_be_bytes());
    Some(out)
}
