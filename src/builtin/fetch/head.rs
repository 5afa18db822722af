//! The head of a request as it goes out: what the script has said, and what is added to it.

use super::route::{Way, proxy_credentials};
use crate::builtin::messages::FieldList;
use crate::host::ConnError;
use crate::proto::http1::{RequestFraming, encode_request_head};
use crate::url::Url;

/// A head, and what it says of the exchange.
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    /// The connection ends with this exchange.
    pub(super) is_last: bool,
}

/// What is known of the body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// There is none.
    Without,
    /// So many bytes.
    Known(u64),
    /// It is a stream. Where the script has said how long it is, that is what goes out.
    Stream,
}

const USER_AGENT: &str = concat!("krandog/", env!("CARGO_PKG_VERSION"));

/// What is decoded here, and so what is asked for.
const ACCEPT_ENCODING: &[u8] = b"gzip, deflate, br, zstd";

/// Fields that belong to the connection.
const OF_CONNECTION: [&str; 7] =
    ["transfer-encoding", "upgrade", "keep-alive", "te", "trailer", "expect", "proxy-connection"];

/// Writes the head of a request. `decompress`: the content of the response will be decoded.
pub(super) fn head(
    method: &str,
    url: &Url,
    fields: &FieldList,
    length: Length,
    (way, decompress): (&Way, bool),
) -> Result<Head, ConnError> {
    check(fields, length)?;
    let host = url.host();
    let mut all: Vec<(&str, &[u8])> = Vec::with_capacity(fields.len() + 6);
    if !fields.contains("host") {
        all.push(("Host", host.as_bytes()));
    }
    all.extend(fields.iter());
    let mut add = |name: &'static str, value: &'static [u8]| {
        if !fields.contains(name) {
            all.push((name, value));
        }
    };
    add("Accept", b"*/*");
    add("User-Agent", USER_AGENT.as_bytes());
    if decompress && !fields.contains("range") {
        add("Accept-Encoding", ACCEPT_ENCODING);
    } else if decompress {
        // Fetch 4.6: a part of a coded content cannot be decoded.
        add("Accept-Encoding", b"identity");
    }
    let credentials = way.forwards.as_ref().and_then(|proxy| proxy_credentials(proxy));
    if let Some(credentials) = &credentials {
        all.push(("Proxy-Authorization", credentials.as_bytes()));
    }
    let framing = match length {
        Length::Without => RequestFraming::Without,
        Length::Known(bytes) => RequestFraming::Length(bytes),
        Length::Stream => match said_length(fields)? {
            Some(bytes) => RequestFraming::Length(bytes),
            None => RequestFraming::Chunked,
        },
    };
    let target = target(url, way.forwards.is_some());
    let mut bytes = Vec::with_capacity(256);
    encode_request_head((method, &target), &all, framing, &mut bytes)
        .map_err(|error| invalid(error.to_string()))?;
    let connection = fields.get("connection").unwrap_or_default();
    let mut options = connection.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    let is_last = options.any(|option| option.eq_ignore_ascii_case(b"close"));
    Ok(Head { bytes, is_last })
}

/// The length that the script says the body has.
pub(super) fn said_length(fields: &FieldList) -> Result<Option<u64>, ConnError> {
    let Some(said) = fields.get("content-length") else { return Ok(None) };
    let digits = str::from_utf8(&said).ok().filter(|said| said.bytes().all(|b| b.is_ascii_digit()));
    let length = digits.and_then(|digits| digits.parse().ok());
    length
        .map(Some)
        .ok_or_else(|| invalid("the header content-length must be one number".to_owned()))
}

fn check(fields: &FieldList, length: Length) -> Result<(), ConnError> {
    for (name, value) in fields.iter() {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if OF_CONNECTION.iter().any(|known| is(known)) {
            return Err(invalid(format!(
                "the header {name} belongs to the connection, which fetch looks after: leave it out"
            )));
        }
        let is_usual = |value: &[u8]| {
            value.eq_ignore_ascii_case(b"close") || value.eq_ignore_ascii_case(b"keep-alive")
        };
        if is("connection") && !is_usual(value) {
            return Err(invalid(
                "the header connection can be 'close' or 'keep-alive' here".to_owned(),
            ));
        }
    }
    let actual = match length {
        Length::Without => 0,
        Length::Known(bytes) => bytes,
        Length::Stream => return Ok(()),
    };
    match said_length(fields)? {
        Some(said) if said != actual => Err(invalid(format!(
            "the header content-length says {said}, but the body has {actual} bytes: leave it out"
        ))),
        _ => Ok(()),
    }
}

/// The request target: a path, or for a proxy the URL.
fn target(url: &Url, is_for_proxy: bool) -> String {
    let mut target = if is_for_proxy { url.origin() } else { String::new() };
    let path = url.path();
    target.push_str(if path.is_empty() { "/" } else { &path });
    if let Some(query) = url.query() {
        target.push('?');
        target.push_str(query);
    }
    target
}

fn invalid(message: String) -> ConnError {
    ConnError::new("ERR_INVALID_ARG_VALUE", message)
}
