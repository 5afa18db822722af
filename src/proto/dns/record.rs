//! Records: what a name server knows of a name.

use super::name::read_name;
use super::question::{INTERNET, Kind};

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Whose it is.
    pub name: String,
    /// Of what kind it is.
    pub kind: Kind,
    /// Seconds for which it holds.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// An address of IPv4.
    V4([u8; 4]),
    /// An address of IPv6.
    V6([u8; 16]),
    /// Another name: of an alias, a name server, or what an address is called.
    Name(String),
    /// A server of mail.
    Mx {
        /// The lowest comes first.
        priority: u16,
        /// Its name.
        exchange: String,
    },
    /// Pieces of text.
    Txt(Vec<Vec<u8>>),
    /// A server of a service.
    Srv {
        /// The lowest comes first.
        priority: u16,
        /// How often among those of the same priority.
        weight: u16,
        /// Its port.
        port: u16,
        /// Its name.
        target: String,
    },
    /// Where a zone begins.
    Soa {
        /// The server that has it first.
        nsname: String,
        /// Who answers for it.
        hostmaster: String,
        /// Its version.
        serial: u32,
        /// When others look again, in seconds.
        refresh: u32,
        /// The same after a failure.
        retry: u32,
        /// When they give it up.
        expire: u32,
        /// How long it holds that there is no such name.
        minimum: u32,
    },
    /// Who may sign certificates.
    Caa {
        /// Whoever does not understand it must not sign.
        critical: u8,
        /// What is said.
        tag: String,
        /// To whom.
        value: Vec<u8>,
    },
    /// A rule that makes a name of another.
    Naptr {
        /// The lowest comes first.
        order: u16,
        /// Among those of the same order.
        preference: u16,
        /// What comes after it.
        flags: Vec<u8>,
        /// What it is for.
        service: Vec<u8>,
        /// The rule as an expression.
        regexp: Vec<u8>,
        /// The rule as a name.
        replacement: String,
    },
    /// A certificate.
    Tlsa {
        /// What it is for.
        usage: u8,
        /// What of it is compared.
        selector: u8,
        /// In which way.
        matching: u8,
        /// With what.
        data: Vec<u8>,
    },
    /// Something else.
    Other,
}

/// Reads the record at `*pos`, and goes behind it. `None` if the message is broken.
pub(super) fn read_record(message: &[u8], pos: &mut usize) -> Option<Record> {
    let name = read_name(message, pos)?;
    let kind = Kind::of(read_u16(message, pos)?);
    let class = read_u16(message, pos)?;
    let ttl = read_u32(message, pos)?;
    let length = usize::from(read_u16(message, pos)?);
    let (start, end) = (*pos, *pos + length);
    // Names inside may refer to what is in front of them, but nothing reaches behind its record.
    let inside = message.get(..end)?;
    *pos = end;
    let data = if class == INTERNET { read_data(inside, start, kind)? } else { Data::Other };
    Some(Record { name, kind, ttl, data })
}

fn read_data(message: &[u8], start: usize, kind: Kind) -> Option<Data> {
    let mut at = start;
    let pos = &mut at;
    let data = match kind.name() {
        Some("A") => Data::V4(message.get(start..)?.try_into().ok()?),
        Some("AAAA") => Data::V6(message.get(start..)?.try_into().ok()?),
        Some("NS" | "CNAME" | "PTR") => Data::Name(read_name(message, pos)?),
        Some("MX") => {
            Data::Mx { priority: read_u16(message, pos)?, exchange: read_name(message, pos)? }
        }
        Some("TXT") => {
            let mut pieces = Vec::new();
            while *pos < message.len() {
                pieces.push(read_text(message, pos)?);
            }
            Data::Txt(pieces)
        }
        Some("SRV") => Data::Srv {
            priority: read_u16(message, pos)?,
            weight: read_u16(message, pos)?,
            port: read_u16(message, pos)?,
            target: read_name(message, pos)?,
        },
        Some("SOA") => Data::Soa {
            nsname: read_name(message, pos)?,
            hostmaster: read_name(message, pos)?,
            serial: read_u32(message, pos)?,
            refresh: read_u32(message, pos)?,
            retry: read_u32(message, pos)?,
            expire: read_u32(message, pos)?,
            minimum: read_u32(message, pos)?,
        },
        Some("CAA") => {
            let critical = read_u8(message, pos)?;
            let tag = read_text(message, pos)?;
            Data::Caa {
                critical,
                tag: String::from_utf8_lossy(&tag).into_owned(),
                value: message.get(*pos..)?.to_vec(),
            }
        }
        Some("NAPTR") => Data::Naptr {
            order: read_u16(message, pos)?,
            preference: read_u16(message, pos)?,
            flags: read_text(message, pos)?,
            service: read_text(message, pos)?,
            regexp: read_text(message, pos)?,
            replacement: read_name(message, pos)?,
        },
        Some("TLSA") => Data::Tlsa {
            usage: read_u8(message, pos)?,
            selector: read_u8(message, pos)?,
            matching: read_u8(message, pos)?,
            data: message.get(*pos..)?.to_vec(),
        },
        _ => Data::Other,
    };
    Some(data)
}

/// A piece of text with its length in front.
fn read_text(message: &[u8], pos: &mut usize) -> Option<Vec<u8>> {
    let length = usize::from(read_u8(message, pos)?);
    let text = message.get(*pos..*pos + length)?;
    *pos += length;
    Some(text.to_vec())
}

fn read_u8(message: &[u8], pos: &mut usize) -> Option<u8> {
    let byte = *message.get(*pos)?;
    *pos += 1;
    Some(byte)
}

pub(super) fn read_u16(message: &[u8], pos: &mut usize) -> Option<u16> {
    let bytes = <[u8; 2]>::try_from(message.get(*pos..*pos + 2)?).ok()?;
    *pos += 2;
    Some(u16::from_be_bytes(bytes))
}

fn read_u32(message: &[u8], pos: &mut usize) -> Option<u32> {
    let bytes = <[u8; 4]>::try_from(message.get(*pos..*pos + 4)?).ok()?;
    *pos += 4;
    Some(u32::from_be_bytes(bytes))
}
