//! The opening handshake (RFC 6455 4), over any kind of header map.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use sha1::{Digest, Sha1};
use thiserror::Error;

use super::deflate::ParameterError;
use super::extension::{self, Extension, list, trim};
use crate::limits::MAX_OFFERS;
use crate::proto::token::is_token;

/// RFC 6455 1.3: what a server proves it knows.
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The version of RFC 6455, in requests and in refusals.
pub const VERSION: &str = "13";

/// Keys as clients send them. RFC 6455 4.1 prints the example `AQIDBAUGBwgJCgsMDQ4PEC==`, whose
/// last bits are not zero (erratum 3150), so such a key must pass.
const KEY: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Header fields, however the HTTP side keeps them.
pub trait HeaderLookup {
    /// The values of every field line with this name, which is given in lower case, in order.
    fn values<'a>(&'a self, name: &str) -> Box<dyn Iterator<Item = &'a [u8]> + 'a>;
}

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    /// `Sec-WebSocket-Key`, for [`accept_key`].
    pub key: String,
    /// The subprotocols offered, the most wanted first.
    pub protocols: Vec<String>,
    /// The extensions offered, in order, parameters unread.
    pub extensions: Vec<Extension>,
}

/// What a server agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The subprotocol, one of those offered.
    pub protocol: Option<String>,
    /// The extensions in use, each of a name that was offered. What their parameters come to is
    /// for the extension to say: see [`super::deflate::accept`].
    pub extensions: Vec<Extension>,
}

/// Why a handshake is refused: by a server with [`HandshakeError::status`], by a client by dropping
/// TCP.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeError {
    /// RFC 6455 4.1: the method is GET.
    #[error("a WebSocket handshake uses GET, not {method}")]
    Method {
        /// The method received.
        method: String,
    },
    /// RFC 6455 4.1: at least HTTP/1.1.
    #[error("a WebSocket handshake uses HTTP/1.1, not HTTP/1.{minor}")]
    HttpVersion {
        /// The minor version received.
        minor: u8,
    },
    /// RFC 6455 4.1, 4.2.1: `Upgrade: websocket`.
    #[error("the Upgrade header does not name websocket")]
    Upgrade,
    /// RFC 6455 4.1, 4.2.1: `Connection: Upgrade`.
    #[error("the Connection header does not name Upgrade")]
    Connection,
    /// RFC 6455 4.4: a version this server does not speak.
    #[error("the Sec-WebSocket-Version is not 13")]
    Version,
    /// A field that may stand once stands more often.
    #[error("more than one {name} header")]
    Duplicate {
        /// The field.
        name: &'static str,
    },
    /// RFC 6455 4.2.1: the request has a key.
    #[error("the Sec-WebSocket-Key header is missing")]
    KeyMissing,
    /// RFC 6455 4.2.1: the key is base64.
    #[error("the Sec-WebSocket-Key is not base64")]
    KeyUndecodable,
    /// RFC 6455 4.2.1: the key is 16 bytes.
    #[error("the Sec-WebSocket-Key has {length} bytes, not 16")]
    KeyLength {
        /// Bytes it decodes to.
        length: usize,
    },
    /// RFC 6455 4.1: subprotocols are tokens.
    #[error("the Sec-WebSocket-Protocol header is malformed")]
    ProtocolMalformed,
    /// RFC 6455 4.1: subprotocols are unique.
    #[error("the Sec-WebSocket-Protocol header names {protocol:?} twice")]
    ProtocolRepeated {
        /// The one named twice.
        protocol: String,
    },
    /// RFC 6455 9.1: the extensions field has a grammar.
    #[error("the Sec-WebSocket-Extensions header is malformed")]
    ExtensionsMalformed,
    /// More subprotocols or extensions than anybody needs.
    #[error("the {name} header has more than {limit} elements")]
    TooManyOffers {
        /// The field.
        name: &'static str,
        /// [`MAX_OFFERS`].
        limit: usize,
    },
    /// RFC 6455 4.1: anything but 101 is not a WebSocket.
    #[error("the server answered with status {status}, not 101")]
    Status {
        /// The status received.
        status: u16,
    },
    /// RFC 6455 4.1: the server proves that it read the key.
    #[error("the Sec-WebSocket-Accept header is missing")]
    AcceptMissing,
    /// RFC 6455 4.1: the server proves that it read the key.
    #[error("the Sec-WebSocket-Accept header does not match the key")]
    AcceptMismatch,
    /// RFC 6455 4.1: the server chooses among the subprotocols offered.
    #[error("the server chose the subprotocol {protocol:?}, which was not offered")]
    ProtocolNotOffered {
        /// The one it chose.
        protocol: String,
    },
    /// WHATWG, "establish a WebSocket connection": a server that takes none of the
    /// subprotocols is not a match.
    #[error("the server chose none of the {count} subprotocols offered")]
    ProtocolNotChosen {
        /// How many were offered.
        count: usize,
    },
    /// RFC 6455 4.1: the server chooses among the extensions offered.
    #[error("the server chose the extension {name:?}, which was not offered")]
    ExtensionNotOffered {
        /// The one it chose.
        name: String,
    },
    /// RFC 7692 5.1: parameters that the client cannot take.
    #[error("the server's permessage-deflate answer is invalid: {0}")]
    Deflate(#[from] ParameterError),
}

impl HandshakeError {
    /// The HTTP status that a server answers with.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Method { .. } => 405,
            Self::Version => 426,
            _ => 400,
        }
    }

    /// The header field that goes with the status, if there is one.
    pub const fn header(&self) -> Option<(&'static str, &'static str)> {
        match self {
            // RFC 9110 15.5.6: a 405 names the methods allowed.
            Self::Method { .. } => Some(("Allow", "GET")),
            // RFC 6455 4.4: a refused version is answered with those understood.
            Self::Version => Some(("Sec-WebSocket-Version", VERSION)),
            _ => None,
        }
    }
}

/// What a server answers a key with (RFC 6455 4.2.2).
pub fn accept_key(key: &str) -> String {
    STANDARD.encode(Sha1::new().chain_update(key).chain_update(GUID).finalize())
}

/// A fresh `Sec-WebSocket-Key` (RFC 6455 4.1): 16 random bytes in base64.
///
/// # Panics
/// When the system has no source of random bytes.
#[expect(
    clippy::expect_used,
    reason = "a client cannot connect without random bytes, and has nothing to fall back on"
)]
pub fn generate_key() -> String {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).expect("the system gives random bytes");
    STANDARD.encode(nonce)
}

/// Whether one of these field lines lists this token, whatever its case: `keep-alive, Upgrade`
/// lists `upgrade`.
pub fn has_token(headers: &impl HeaderLookup, name: &str, token: &str) -> bool {
    headers
        .values(name)
        .flat_map(list)
        .any(|element| element.eq_ignore_ascii_case(token.as_bytes()))
}

/// Whether a request wants a WebSocket, well-formed or not: an HTTP server asks this before
/// [`check_request`].
pub fn is_upgrade(headers: &impl HeaderLookup) -> bool {
    has_token(headers, "upgrade", "websocket")
}

/// Checks a request against RFC 6455 4.2.1. `version_minor` is the 1 of HTTP/1.1.
pub fn check_request(
    method: &str,
    version_minor: u8,
    headers: &impl HeaderLookup,
) -> Result<RequestInfo, HandshakeError> {
    if method != "GET" {
        return Err(HandshakeError::Method { method: method.to_owned() });
    }
    if version_minor < 1 {
        return Err(HandshakeError::HttpVersion { minor: version_minor });
    }
    // RFC 6455 4.2.1: both are lists of tokens, whatever their case.
    if !has_token(headers, "upgrade", "websocket") {
        return Err(HandshakeError::Upgrade);
    }
    if !has_token(headers, "connection", "upgrade") {
        return Err(HandshakeError::Connection);
    }
    // RFC 6455 4.4: a client of another version learns from the refusal that there is 13.
    if single(headers, "sec-websocket-version", "Sec-WebSocket-Version")?
        != Some(VERSION.as_bytes())
    {
        return Err(HandshakeError::Version);
    }
    let key = single(headers, "sec-websocket-key", "Sec-WebSocket-Key")?
        .ok_or(HandshakeError::KeyMissing)?;
    let nonce = KEY.decode(key).map_err(|_| HandshakeError::KeyUndecodable)?;
    if nonce.len() != 16 {
        return Err(HandshakeError::KeyLength { length: nonce.len() });
    }
    Ok(RequestInfo {
        // Base64 is ASCII: nothing is lost.
        key: String::from_utf8_lossy(key).into_owned(),
        protocols: protocols(headers)?,
        extensions: extensions(headers)?,
    })
}

/// The header fields of the 101 that accepts a request, but for those a script adds.
pub fn response_headers(
    key: &str,
    protocol: Option<&str>,
    extensions: &[Extension],
) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("Upgrade", "websocket".to_owned()),
        ("Connection", "Upgrade".to_owned()),
        ("Sec-WebSocket-Accept", accept_key(key)),
    ];
    fields.extend(protocol.map(|protocol| ("Sec-WebSocket-Protocol", protocol.to_owned())));
    fields.extend(extensions_field(extensions));
    fields
}

/// The header fields of a request for a WebSocket, but for `Host`, `Origin` and those a script
/// adds.
pub fn request_headers(
    key: &str,
    protocols: &[String],
    extensions: &[Extension],
) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("Upgrade", "websocket".to_owned()),
        ("Connection", "Upgrade".to_owned()),
        ("Sec-WebSocket-Key", key.to_owned()),
        ("Sec-WebSocket-Version", VERSION.to_owned()),
    ];
    if !protocols.is_empty() {
        fields.push(("Sec-WebSocket-Protocol", protocols.join(", ")));
    }
    fields.extend(extensions_field(extensions));
    fields
}

/// Checks a response against RFC 6455 4.1, given what the request offered. Its status comes with the
/// 1 of HTTP/1.1.
pub fn check_response(
    (status, version_minor): (u16, u8),
    headers: &impl HeaderLookup,
    key: &str,
    protocols: &[String],
    offers: &[Extension],
) -> Result<Accepted, HandshakeError> {
    if status != 101 {
        return Err(HandshakeError::Status { status });
    }
    // RFC 6455 4.1: the status line is HTTP/1.1 or later. RFC 9110 15.2: HTTP/1.0 has no 1xx.
    if version_minor < 1 {
        return Err(HandshakeError::HttpVersion { minor: version_minor });
    }
    // RFC 6455 4.1: the one value of Upgrade is "websocket", whatever its case.
    let upgrade = single(headers, "upgrade", "Upgrade")?;
    if !upgrade.is_some_and(|value| value.eq_ignore_ascii_case(b"websocket")) {
        return Err(HandshakeError::Upgrade);
    }
    if !has_token(headers, "connection", "upgrade") {
        return Err(HandshakeError::Connection);
    }
    let accept = single(headers, "sec-websocket-accept", "Sec-WebSocket-Accept")?;
    if accept.ok_or(HandshakeError::AcceptMissing)? != accept_key(key).as_bytes() {
        return Err(HandshakeError::AcceptMismatch);
    }
    // RFC 6455 11.3.2, 11.3.4: neither field may stand more than once in a response.
    single(headers, "sec-websocket-extensions", "Sec-WebSocket-Extensions")?;
    let extensions = extensions(headers)?;
    let offered = |name: &str| offers.iter().any(|offer| offer.name == name);
    if let Some(stranger) = extensions.iter().find(|extension| !offered(&extension.name)) {
        return Err(HandshakeError::ExtensionNotOffered { name: stranger.name.clone() });
    }
    let protocol = match single(headers, "sec-websocket-protocol", "Sec-WebSocket-Protocol")? {
        Some(chosen) => {
            let offered = protocols.iter().find(|protocol| protocol.as_bytes() == chosen);
            let unknown = || HandshakeError::ProtocolNotOffered {
                protocol: String::from_utf8_lossy(chosen).into_owned(),
            };
            Some(offered.cloned().ok_or_else(unknown)?)
        }
        None if protocols.is_empty() => None,
        None => return Err(HandshakeError::ProtocolNotChosen { count: protocols.len() }),
    };
    Ok(Accepted { protocol, extensions })
}

/// The one value of a field that may stand once.
fn single<'a>(
    headers: &'a impl HeaderLookup,
    name: &str,
    shown: &'static str,
) -> Result<Option<&'a [u8]>, HandshakeError> {
    let mut values = headers.values(name);
    let value = values.next().map(trim);
    if values.next().is_some() { Err(HandshakeError::Duplicate { name: shown }) } else { Ok(value) }
}

/// RFC 6455 4.1: the subprotocols are tokens, all different, on one line or several.
fn protocols(headers: &impl HeaderLookup) -> Result<Vec<String>, HandshakeError> {
    let mut protocols: Vec<String> = Vec::new();
    for value in headers.values("sec-websocket-protocol") {
        if list(value).next().is_none() {
            return Err(HandshakeError::ProtocolMalformed);
        }
        for protocol in list(value) {
            let token = std::str::from_utf8(protocol).ok().filter(|_| is_token(protocol));
            let token = token.ok_or(HandshakeError::ProtocolMalformed)?;
            if protocols.iter().any(|known| known == token) {
                return Err(HandshakeError::ProtocolRepeated { protocol: token.to_owned() });
            }
            check_count(protocols.len(), "Sec-WebSocket-Protocol")?;
            protocols.push(token.to_owned());
        }
    }
    Ok(protocols)
}

/// RFC 6455 9.1: several field lines are one list.
fn extensions(headers: &impl HeaderLookup) -> Result<Vec<Extension>, HandshakeError> {
    let mut extensions = Vec::new();
    for value in headers.values("sec-websocket-extensions") {
        for extension in extension::parse(value).ok_or(HandshakeError::ExtensionsMalformed)? {
            check_count(extensions.len(), "Sec-WebSocket-Extensions")?;
            extensions.push(extension);
        }
    }
    Ok(extensions)
}

fn check_count(count: usize, name: &'static str) -> Result<(), HandshakeError> {
    if count < MAX_OFFERS {
        Ok(())
    } else {
        Err(HandshakeError::TooManyOffers { name, limit: MAX_OFFERS })
    }
}

fn extensions_field(extensions: &[Extension]) -> Option<(&'static str, String)> {
    let elements: Vec<String> = extensions.iter().map(ToString::to_string).collect();
    (!elements.is_empty()).then(|| ("Sec-WebSocket-Extensions", elements.join(", ")))
}
