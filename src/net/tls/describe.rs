//! What a certificate says of itself, as Node's `getPeerCertificate` names it.
//!
//! Spec: RFC 5280.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use ring::digest::{SHA256, digest};
use x509_parser::prelude::{
    ASN1Time, FromDer, GeneralName, ParsedExtension, X509Certificate, X509Name,
};

use crate::limits::TLS_SHOWN_CHARACTERS;

/// The parts of a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is: short names (`CN`, `O`) with their values, in order.
    pub subject: Vec<(String, String)>,
    /// Who has signed it.
    pub issuer: Vec<(String, String)>,
    /// Further names: `DNS:localhost, IP Address:127.0.0.1`.
    pub subject_alt_name: Option<String>,
    /// `Nov 30 17:00:00 2026 GMT`.
    pub valid_from: String,
    /// The same.
    pub valid_to: String,
    /// The two in seconds since 1970.
    pub(super) valid: (i64, i64),
    /// Whether it may sign others.
    pub(super) is_ca: bool,
    /// In hexadecimal.
    pub serial_number: String,
}

impl Certificate {
    /// Reads a certificate in DER.
    pub fn parse(der: &[u8]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(der).ok()?;
        let validity = parsed.validity();
        let alternative = parsed.subject_alternative_name().ok().flatten();
        Some(Self {
            subject: names(parsed.subject()),
            issuer: names(parsed.issuer()),
            subject_alt_name: alternative.map(|names| alternatives(&names.value.general_names)),
            valid_from: time(validity.not_before),
            valid_to: time(validity.not_after),
            valid: (validity.not_before.timestamp(), validity.not_after.timestamp()),
            is_ca: parsed.extensions().iter().any(|extension| {
                matches!(extension.parsed_extension(), ParsedExtension::BasicConstraints(basic) if basic.ca)
            }),
            serial_number: parsed.raw_serial().iter().fold(String::new(), |mut text, byte| {
                // Writing to a string does not fail.
                let _ = write!(text, "{byte:02X}");
                text
            }),
        })
    }

    /// Whether it has signed itself, by its names.
    pub(super) fn is_self_signed(&self) -> bool {
        self.subject == self.issuer
    }

    /// Whose it is, for a message: `CN=localhost`.
    pub fn shown_subject(&self) -> String {
        shown(&self.subject)
    }

    /// Who has signed it, for a message.
    pub fn shown_issuer(&self) -> String {
        shown(&self.issuer)
    }
}

/// The SHA-256 of a certificate, as `AB:CD:…`.
pub fn fingerprint(der: &[u8]) -> String {
    let bytes = digest(&SHA256, der);
    let pairs: Vec<String> = bytes.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}

fn shown(names: &[(String, String)]) -> String {
    if names.is_empty() {
        return "no name".to_owned();
    }
    let names: Vec<String> = names.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let shown: String =
        names.join(", ").chars().filter(|character| !character.is_control()).collect();
    brief(&shown)
}

/// As much of a text as a message can take: a peer's certificate may be of 64 KiB.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(TLS_SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn names(name: &X509Name<'_>) -> Vec<(String, String)> {
    name.iter_attributes()
        .map(|attribute| {
            let oid = attribute.attr_type().to_id_string();
            let short = SHORT_NAMES.iter().find(|(known, _)| *known == oid);
            let value = attribute.as_str().map_or_else(
                |_| String::from_utf8_lossy(attribute.as_slice()).into_owned(),
                str::to_owned,
            );
            (short.map_or(oid, |(_, short)| (*short).to_owned()), value)
        })
        .collect()
}

/// RFC 4519 and PKCS#9, as OpenSSL shortens them.
const SHORT_NAMES: [(&str, &str); 12] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.42", "GN"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("0.9.2342.19200300.100.1.25", "DC"),
];

fn alternatives(names: &[GeneralName<'_>]) -> String {
    let shown: Vec<String> = names.iter().filter_map(alternative).collect();
    shown.join(", ")
}

fn alternative(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(format!("DNS:{}", quoted(name))),
        GeneralName::RFC822Name(name) => Some(format!("email:{}", quoted(name))),
        GeneralName::URI(name) => Some(format!("URI:{}", quoted(name))),
        GeneralName::IPAddress(bytes) => {
            let v4 = <[u8; 4]>::try_from(*bytes).map(|bytes| Ipv4Addr::from(bytes).to_string());
            let v6 = <[u8; 16]>::try_from(*bytes).map(|bytes| Ipv6Addr::from(bytes).to_string());
            v4.or(v6).ok().map(|address| format!("IP Address:{address}"))
        }
        _ => None,
    }
}

/// A name with a comma in it could look like two names (CVE-2021-44532 of Node.js).
fn quoted(name: &str) -> String {
    let is_plain =
        name.chars().all(|character| !character.is_control() && !",\"'\\".contains(character));
    if is_plain { name.to_owned() } else { format!("{name:?}") }
}

/// As OpenSSL prints it.
fn time(time: ASN1Time) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = time.to_datetime();
    let month = MONTHS[usize::from(u8::from(at.month())).saturating_sub(1) % 12];
    let (hour, minute, second) = at.to_hms();
    format!("{month} {:2} {hour:02}:{minute:02}:{second:02} {} GMT", at.day(), at.year())
}
