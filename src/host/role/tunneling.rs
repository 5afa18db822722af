//! An outgoing WebSocket on its way through a proxy, which is asked to connect to the target. Then
//! the opening handshake goes through the tunnel as if there were no proxy.
//!
//! Specs: RFC 9110 9.3.6 (CONNECT), RFC 1928 (SOCKS 5).

use std::time::Instant;

use super::answer::{Answer, Answered, refused};
use super::context::RoleContext;
use super::opening::{Opening, fail};
use crate::host::effect::Effect;
use crate::host::event::{Cause, ConnError};
use crate::host::input::Input;
use crate::host::options::{ClientOptions, Proxy, ProxyKind, Target};
use crate::proto::http1::{basic_credentials, encode_request};
use crate::proto::socks5::{self, PeerError};

/// An outgoing WebSocket whose proxy has not connected yet.
pub(in crate::host) struct Tunneling {
    options: ClientOptions,
    proxy: Proxy,
    /// The WebSocket's, when it opens.
    number: u64,
    pub(super) deadline: Instant,
    negotiation: Negotiation,
}

enum Negotiation {
    Http(Answer),
    Socks5(socks5::Client),
}

impl Tunneling {
    /// Writes what the proxy is asked, which leaves once there is a connection to it.
    pub(in crate::host) fn new(
        mut options: ClientOptions,
        number: u64,
        deadline: Instant,
        out: &mut Vec<u8>,
    ) -> Result<Box<Self>, ConnError> {
        let Some(proxy) = options.proxy.take() else { return Err(invalid("there is no proxy")) };
        let Target::Tcp { host, port } = &options.target else {
            return Err(invalid(
                "a proxy does not reach a Unix socket: give the option proxy: false",
            ));
        };
        let negotiation = match proxy.kind {
            ProxyKind::Http => {
                ask_http(&proxy, &options.target.to_string(), out)?;
                Negotiation::Http(Answer::to_connect())
            }
            ProxyKind::Socks5 => {
                let credentials = proxy.credentials.as_ref();
                let credentials = credentials.map(|(name, password)| (&name[..], &password[..]));
                let client = socks5::Client::new(host, *port, credentials, out);
                Negotiation::Socks5(client.map_err(|error| invalid(&error.to_string()))?)
            }
        };
        Ok(Box::new(Self { options, proxy, number, deadline, negotiation }))
    }

    /// Reads the proxy's answers, as far as they have come.
    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &mut RoleContext<'_>,
    ) -> Effect<Box<Opening>> {
        let (bytes, position) = input.parts();
        match &mut self.negotiation {
            Negotiation::Http(answer) => match answer.receive(bytes, position) {
                Ok(Answered::Pending) => Effect::Stay,
                Ok(Answered::Accepted(_)) => self.open(*position < bytes.len(), cx),
                Ok(Answered::Refused(head, body)) => {
                    let whom = self.whom();
                    fail(refused((&whom, "2xx"), "PROXY", head, body), Cause::Protocol, cx)
                }
                Err(error) => {
                    let message = format!("the answer of {} is not HTTP: {error}", self.whom());
                    fail(ConnError::new("PROXY_PROTOCOL", message), Cause::Protocol, cx)
                }
            },
            Negotiation::Socks5(client) => match client.receive(bytes, position, cx.out()) {
                Ok(false) => Effect::Stay,
                Ok(true) => self.open(*position < bytes.len(), cx),
                Err(error) => {
                    let message = format!("{}: {error}", self.not_connected());
                    fail(ConnError::new(socks5_code(error), message), Cause::Protocol, cx)
                }
            },
        }
    }

    /// The tunnel is there: from here on the other end is the server. `has_more` of what the proxy
    /// has sent belongs to it already.
    fn open(&self, has_more: bool, cx: &mut RoleContext<'_>) -> Effect<Box<Opening>> {
        // A server says nothing before it has been greeted in TLS, nor does a proxy answer before it
        // has been asked; what is left of that must not go out in TLS.
        if self.options.tls.is_some() && (has_more || !cx.out().is_empty()) {
            let message = format!("the proxy {} sent something else than its answer", self.proxy);
            return fail(ConnError::new("PROXY_PROTOCOL", message), Cause::Protocol, cx);
        }
        log::debug!("{} = TUNNEL {}", cx.id, self.proxy);
        let opening = Opening::new(self.options.clone(), self.number, self.deadline, cx.out());
        match opening {
            Ok(opening) => Effect::Become(opening, None),
            Err(error) => fail(error, Cause::Local, cx),
        }
    }

    /// The proxy cannot be reached.
    pub(super) fn unreachable(&self, error: ConnError, cx: &RoleContext<'_>) -> Effect {
        let message = format!("{}: {}", self.not_connected(), error.message);
        fail(ConnError { message, ..error }, Cause::Reset, cx)
    }

    /// The proxy ended the connection.
    pub(super) fn ended(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Some(effect) = self.refused(cx) {
            return effect;
        }
        let message = format!("{}: it ended the connection", self.not_connected());
        fail(ConnError::new("ECONNRESET", message), Cause::Reset, cx)
    }

    pub(super) fn expired(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Some(effect) = self.refused(cx) {
            return effect;
        }
        let message = format!("{} in time (option handshakeTimeout)", self.not_connected());
        fail(ConnError::new("ETIMEDOUT", message), Cause::Timeout, cx)
    }

    /// The refusal whose body has no end.
    fn refused(&mut self, cx: &RoleContext<'_>) -> Option<Effect> {
        let Negotiation::Http(answer) = &mut self.negotiation else { return None };
        let Answered::Refused(head, body) = answer.so_far() else { return None };
        let whom = self.whom();
        Some(fail(refused((&whom, "2xx"), "PROXY", head, body), Cause::Protocol, cx))
    }

    fn whom(&self) -> String {
        format!("the proxy {}", self.proxy)
    }

    fn not_connected(&self) -> String {
        format!("the proxy {} did not connect to {}", self.proxy, self.options.target)
    }
}

fn ask_http(proxy: &Proxy, authority: &str, out: &mut Vec<u8>) -> Result<(), ConnError> {
    let credentials = proxy.credentials.as_ref();
    let credentials = credentials.map(|(name, password)| basic_credentials(name, password));
    let mut fields = vec![("Host", authority.as_bytes())];
    if let Some(credentials) = &credentials {
        fields.push(("Proxy-Authorization", credentials.as_bytes()));
    }
    encode_request("CONNECT", authority, &fields, &[], out)
        .map_err(|error| invalid(&error.to_string()))
}

fn invalid(message: &str) -> ConnError {
    ConnError::new("ERR_INVALID_ARG_VALUE", message)
}

/// The code of the error that the other end of the proxy had, where the reply says which.
fn socks5_code(error: PeerError) -> &'static str {
    match error {
        PeerError::Version(_) | PeerError::Method(_) | PeerError::AddressType(_) => {
            "PROXY_PROTOCOL"
        }
        PeerError::NoMethod | PeerError::Refused => "PROXY_AUTH",
        PeerError::Reply(2) => "PROXY_DENIED",
        PeerError::Reply(3) => "ENETUNREACH",
        PeerError::Reply(4) => "EHOSTUNREACH",
        PeerError::Reply(5) => "ECONNREFUSED",
        PeerError::Reply(6) => "ETIMEDOUT",
        PeerError::Reply(_) => "PROXY_FAILED",
    }
}
