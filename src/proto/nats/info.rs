//! What a server says of itself, first and whenever that changes.

use super::error::PeerError;
use super::json::{Value, read_object};
use crate::limits::{NATS_PAYLOAD_BYTES_MAX, NATS_SERVERS_MAX};

/// INFO.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the server")]
pub struct ServerInfo {
    /// What no other server has.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Bytes of a message and its headers that it takes.
    pub max_payload: usize,
    /// Whether it knows headers.
    pub headers: bool,
    /// Whether it wants to know who connects.
    pub auth_required: bool,
    /// Whether it insists on TLS.
    pub tls_required: bool,
    /// Whether it can do TLS.
    pub tls_available: bool,
    /// Whether it has `JetStream`.
    pub jetstream: bool,
    /// Whether it is about to go.
    pub lame_duck: bool,
    /// What is to be signed with an `NKey`.
    pub nonce: String,
    /// Other servers of its cluster, as `host:port`.
    pub connect_urls: Vec<String>,
}

impl ServerInfo {
    pub(super) fn read(text: &[u8]) -> Result<Self, PeerError> {
        let text = simdutf8::basic::from_utf8(text).map_err(|_| PeerError::Info)?;
        let mut info = Self {
            id: String::new(),
            name: String::new(),
            version: String::new(),
            max_payload: NATS_PAYLOAD_BYTES_MAX,
            headers: false,
            auth_required: false,
            tls_required: false,
            tls_available: false,
            jetstream: false,
            lame_duck: false,
            nonce: String::new(),
            connect_urls: Vec::new(),
        };
        let read = read_object(text, |name, value| match (name, value) {
            ("server_id", Value::Text(id)) => info.id = id,
            ("server_name", Value::Text(name)) => info.name = name,
            ("version", Value::Text(version)) => info.version = version,
            ("nonce", Value::Text(nonce)) => info.nonce = nonce,
            ("max_payload", Value::Number(bytes)) => {
                let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
                info.max_payload = bytes.min(NATS_PAYLOAD_BYTES_MAX);
            }
            ("headers", Value::Bool(is)) => info.headers = is,
            ("auth_required", Value::Bool(is)) => info.auth_required = is,
            ("tls_required", Value::Bool(is)) => info.tls_required = is,
            ("tls_available", Value::Bool(is)) => info.tls_available = is,
            ("jetstream", Value::Bool(is)) => info.jetstream = is,
            ("ldm", Value::Bool(is)) => info.lame_duck = is,
            ("connect_urls", Value::Texts(mut urls)) => {
                urls.truncate(NATS_SERVERS_MAX);
                info.connect_urls = urls;
            }
            _ => {}
        });
        read.ok_or(PeerError::Info)?;
        Ok(info)
    }
}
