//! An outgoing connection on its way through a proxy, which is asked to connect to the target. Then
//! the opening handshake, or the request, goes through the tunnel as if there were no proxy.
//!
//! Specs: RFC 9110 9.3.6 (CONNECT), RFC 1928 (SOCKS 5).

use std::convert::Infallible;
use std::rc::Rc;
use std::time::Instant;

use super::answer::{Answer, Answered, refused};
use super::context::RoleContext;
use super::http_client::{HttpClient, not_connected};
use super::opening::{Opening, fail};
use crate::host::client::Route;
use crate::host::effect::Effect;
use crate::host::event::{Cause, ConnError};
use crate::host::input::Input;
use crate::host::options::{ClientOptions, Proxy, ProxyKind, Target};
use crate::proto::http1::{basic_credentials, encode_request};
use crate::proto::socks5::{self, PeerError};

/// An outgoing connection whose proxy has not connected yet.
pub(in crate::host) struct Tunneling {
    proxy: Proxy,
    target: Target,
    negotiation: Negotiation,
    behind: Option<Behind>,
}

/// What goes through the tunnel.
pub(in crate::host) enum Behind {
    WebSocket {
        options: Box<ClientOptions>,
        /// Its number, when it opens.
        number: u64,
        deadline: Instant,
    },
    /// It writes its request when it is asked to.
    Http(Box<HttpClient>),
}

/// What has come out of it at the other end.
pub(in crate::host) enum Reached {
    Opening(Box<Opening>),
    Http(Box<HttpClient>),
}

enum Negotiation {
    Http(Answer),
    Socks5(socks5::Client),
}

impl Tunneling {
    /// Writes what the proxy is asked, which leaves once there is a connection to it.
    pub(in crate::host) fn new(
        behind: Behind,
        proxy: &Proxy,
        target: &Target,
        out: &mut Vec<u8>,
    ) -> Result<Box<Self>, ConnError> {
        let Target::Tcp { host, port } = target else {
            return Err(invalid(
                "a proxy does not reach a Unix socket: give the option proxy: false",
            ));
        };
        let negotiation = match proxy.kind {
            ProxyKind::Http => {
                ask_http(proxy, &target.to_string(), out)?;
                Negotiation::Http(Answer::to_connect())
            }
            ProxyKind::Socks5 => {
                let credentials = proxy.credentials.as_ref();
                let credentials = credentials.map(|(name, password)| (&name[..], &password[..]));
                let client = socks5::Client::new(host, *port, credentials, out);
                Negotiation::Socks5(client.map_err(|error| invalid(&error.to_string()))?)
            }
        };
        let (proxy, target) = (proxy.clone(), target.clone());
        Ok(Box::new(Self { proxy, target, negotiation, behind: Some(behind) }))
    }

    /// The way of the request behind it.
    pub(in crate::host) fn route(&self) -> Option<Rc<Route>> {
        match &self.behind {
            Some(Behind::Http(client)) => Some(client.route.clone()),
            _ => None,
        }
    }

    /// What is to send the request behind it.
    pub(in crate::host) fn client(&mut self) -> Option<&mut HttpClient> {
        match &mut self.behind {
            Some(Behind::Http(client)) => Some(client),
            _ => None,
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        match &self.behind {
            Some(Behind::WebSocket { deadline, .. }) => Some(*deadline),
            Some(Behind::Http(client)) => client.connect_deadline(),
            None => None,
        }
    }

    /// Reads the proxy's answers, as far as they have come.
    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &mut RoleContext<'_>,
    ) -> Effect<Reached> {
        let (bytes, position) = input.parts();
        match &mut self.negotiation {
            Negotiation::Http(answer) => match answer.receive(bytes, position) {
                Ok(Answered::Pending) => Effect::Stay,
                Ok(Answered::Accepted(_)) => self.open(*position < bytes.len(), cx),
                Ok(Answered::Refused(head, body)) => {
                    let whom = self.whom();
                    let error = refused((&whom, "2xx"), "PROXY", head, body);
                    self.fail(error, Cause::Protocol, cx).map(never)
                }
                Err(error) => {
                    let message = format!("the answer of {} is not HTTP: {error}", self.whom());
                    let error = ConnError::new("PROXY_PROTOCOL", message);
                    self.fail(error, Cause::Protocol, cx).map(never)
                }
            },
            Negotiation::Socks5(client) => match client.receive(bytes, position, cx.out()) {
                Ok(false) => Effect::Stay,
                Ok(true) => self.open(*position < bytes.len(), cx),
                Err(error) => {
                    let message = format!("{}: {error}", self.not_connected());
                    let error = ConnError::new(socks5_code(error), message);
                    self.fail(error, Cause::Protocol, cx).map(never)
                }
            },
        }
    }

    /// The tunnel is there: from here on the other end is the server. `has_more` of what the proxy
    /// has sent belongs to it already.
    fn open(&mut self, has_more: bool, cx: &mut RoleContext<'_>) -> Effect<Reached> {
        let Some(behind) = self.behind.take() else { return Effect::Stay };
        let speaks_tls = match &behind {
            Behind::WebSocket { options, .. } => options.tls.is_some(),
            Behind::Http(client) => client.route.tls.is_some(),
        };
        // A server says nothing before it has been greeted in TLS, nor does a proxy answer before it
        // has been asked; what is left of that must not go out in TLS.
        if speaks_tls && (has_more || !cx.out().is_empty()) {
            let message = format!("the proxy {} sent something else than its answer", self.proxy);
            self.behind = Some(behind);
            let error = ConnError::new("PROXY_PROTOCOL", message);
            return self.fail(error, Cause::Protocol, cx).map(never);
        }
        log::debug!("{} = TUNNEL {}", cx.id, self.proxy);
        match behind {
            Behind::WebSocket { options, number, deadline } => {
                match Opening::new(*options, number, deadline, cx.out()) {
                    Ok(opening) => Effect::Become(Reached::Opening(opening), None),
                    Err(error) => fail(error, Cause::Local, cx),
                }
            }
            Behind::Http(client) => Effect::Become(Reached::Http(client), None),
        }
    }

    /// Tells whoever waits for the tunnel that there is none.
    pub(super) fn fail(&mut self, error: ConnError, cause: Cause, cx: &RoleContext<'_>) -> Effect {
        match &mut self.behind {
            Some(Behind::Http(client)) => client.fail(error, cx),
            _ => fail(error, cause, cx),
        }
    }

    /// The proxy cannot be reached.
    pub(super) fn unreachable(&mut self, error: ConnError, cx: &RoleContext<'_>) -> Effect {
        let message = format!("{}: {}", self.not_connected(), error.message);
        self.fail(ConnError { message, ..error }, Cause::Reset, cx)
    }

    /// The proxy ended the connection.
    pub(super) fn ended(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Some(effect) = self.refused(cx) {
            return effect;
        }
        let message = format!("{}: it ended the connection", self.not_connected());
        self.fail(ConnError::new("ECONNRESET", message), Cause::Reset, cx)
    }

    pub(super) fn expired(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Some(effect) = self.refused(cx) {
            return effect;
        }
        let message = match &self.behind {
            Some(Behind::Http(client)) => {
                format!("{}: {}", self.not_connected(), not_connected(client.connect_timeout()))
            }
            _ => format!("{} in time (option handshakeTimeout)", self.not_connected()),
        };
        self.fail(ConnError::new("ETIMEDOUT", message), Cause::Timeout, cx)
    }

    /// The refusal whose body has no end.
    fn refused(&mut self, cx: &RoleContext<'_>) -> Option<Effect> {
        let Negotiation::Http(answer) = &mut self.negotiation else { return None };
        let Answered::Refused(head, body) = answer.so_far() else { return None };
        let whom = self.whom();
        let error = refused((&whom, "2xx"), "PROXY", head, body);
        Some(self.fail(error, Cause::Protocol, cx))
    }

    fn whom(&self) -> String {
        format!("the proxy {}", self.proxy)
    }

    fn not_connected(&self) -> String {
        format!("the proxy {} did not connect to {}", self.proxy, self.target)
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

fn never(never: Infallible) -> Reached {
    match never {}
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
