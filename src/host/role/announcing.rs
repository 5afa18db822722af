//! An accepted connection that begins with the PROXY protocol: a balancer says for whom it speaks,
//! and then HTTP or TLS begins. Whoever says nothing is refused, since it has come around the
//! balancer.

use std::time::Instant;

use super::context::RoleContext;
use super::http::HttpServer;
use crate::host::effect::{Effect, Ending};
use crate::host::input::Input;
use crate::host::warnings::Kind;
use crate::proto::http1::ServerConfig;
use crate::proto::proxy_protocol::{Announced, PeerError, Receiver};

/// The header is still to come.
pub(in crate::host) struct Announcing {
    receiver: Receiver,
    config: ServerConfig,
    accepted_at: Instant,
}

impl Announcing {
    pub(in crate::host) fn new(config: ServerConfig, now: Instant) -> Box<Self> {
        Box::new(Self { receiver: Receiver::default(), config, accepted_at: now })
    }

    /// The time for the first byte of a connection is for the header too.
    pub(super) fn deadline(&self) -> Instant {
        self.accepted_at + self.config.head_timeout
    }

    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &mut RoleContext<'_>,
    ) -> Effect<Box<HttpServer>> {
        let (bytes, position) = input.parts();
        match self.receiver.receive(bytes, position) {
            Ok(None) => Effect::Stay,
            Ok(Some(announced)) => {
                if let Announced::Client(address) = announced {
                    log::debug!("{} speaks for {address}", cx.id);
                    *cx.peer = Some(address);
                }
                if cx.admit_announced().is_err() {
                    return Effect::End(Ending::Reset, None);
                }
                Effect::Become(HttpServer::new(self.config, self.accepted_at), None)
            }
            Err(error) => refuse(&error.to_string(), error == PeerError::Missing, cx),
        }
    }

    pub(super) fn expired(cx: &mut RoleContext<'_>) -> Effect {
        refuse("its PROXY header has not come in time", false, cx)
    }
}

/// "The receiver MUST NOT start processing the connection before it receives a complete and valid
/// PROXY protocol header": there is nothing to answer.
fn refuse<R>(why: &str, is_missing: bool, cx: &mut RoleContext<'_>) -> Effect<R> {
    let (id, now) = (cx.id, cx.now());
    if let Some(server) = cx.server_mut() {
        server.refused.proxy_protocol += 1;
    }
    cx.shared.warnings.warn(Kind::ProxyProtocol, now, || {
        let remedy = if is_missing { ": let only the balancer reach this port" } else { "" };
        format!("{id} is refused (server option proxyProtocol): {why}{remedy}")
    });
    Effect::End(Ending::Reset, None)
}
