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
    /// Its server closes: until then it waits for what is on its way.
    drains_until: Option<Instant>,
}

impl Announcing {
    pub(in crate::host) fn new(config: ServerConfig, now: Instant) -> Box<Self> {
        let receiver = Receiver::default();
        Box::new(Self { receiver, config, accepted_at: now, drains_until: None })
    }

    /// The time for the first byte of a connection is for the header too.
    pub(super) fn deadline(&self) -> Instant {
        let deadline = self.accepted_at + self.config.head_timeout;
        self.drains_until.map_or(deadline, |until| until.min(deadline))
    }

    /// Its server takes nothing new.
    pub(super) fn drain(&mut self, until: Instant) -> Effect {
        self.drains_until = Some(until);
        Effect::Rearm
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
                let mut http = HttpServer::new(self.config, self.accepted_at);
                if let Some(until) = self.drains_until {
                    // To become it looks at all deadlines anyway.
                    drop(http.drain(until, cx));
                }
                Effect::Become(http, None)
            }
            Err(error) => refuse(&error.to_string(), error == PeerError::Missing, cx),
        }
    }

    pub(super) fn expired(&self, cx: &mut RoleContext<'_>) -> Effect {
        if self.drains_until.is_some() {
            return Effect::End(Ending::Remove, None);
        }
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
