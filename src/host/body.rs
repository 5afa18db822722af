//! Bodies of replies that do not lie in one place, or are not all there yet; and bodies of requests
//! that are handed on as they come.

use super::body_part::BodyPart;
use super::command::Reply;
use super::effect::Effect;
use super::role::{HttpServer, Role, RoleContext};
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::proto::http1::{Request, UsageError};

/// What became of bytes of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// So many wait for the peer.
    Waiting(usize),
    /// The connection is over, or its reply is.
    Gone,
}

impl Host {
    /// As `respond`, with a body in several parts; that of the reply is not looked at.
    pub fn respond_parts(
        &mut self,
        id: ConnId,
        reply: &Reply<'_>,
        parts: Vec<BodyPart>,
    ) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Http(http) => http.respond_parts(&reply.response(), parts, cx),
            _ => Ok(Effect::Stay),
        })
    }

    /// Begins to answer the request that an event brought. `length` is that of the body, where it is
    /// known; `endless` is a body that ends with its server. False if no body is to follow: nothing
    /// more is to be done then.
    pub fn begin_reply(
        &mut self,
        id: ConnId,
        reply: &Reply<'_>,
        (length, endless): (Option<u64>, bool),
    ) -> Result<bool, UsageError> {
        let mut follows = false;
        self.attempt(id, |role, cx| match role {
            Role::Http(http) => {
                let (effect, more) = http.begin(&reply.response(), (length, endless), cx)?;
                follows = more;
                Ok(effect)
            }
            _ => Ok(Effect::Stay),
        })?;
        Ok(follows)
    }

    /// Sends more of a reply that has begun. After an error, which names what is wrong, the
    /// connection is over.
    pub fn push_body(&mut self, id: ConnId, bytes: &[u8]) -> Result<Written, UsageError> {
        let pushed = self.with_http(id, |http, cx| {
            if http.is_streaming() { http.push(bytes, cx) } else { (Effect::Stay, GONE) }
        });
        match pushed {
            Some(Ok(())) => Ok(Written::Waiting(self.waiting_for(id))),
            Some(Err(UsageError::NotResponding)) | None => Ok(Written::Gone),
            Some(Err(error)) => Err(error),
        }
    }

    /// Has `Event::Writable` tell once all of it has been written.
    pub fn want_room(&mut self, id: ConnId) {
        self.with_http(id, |http, _| {
            http.want_room();
            (Effect::Stay, ())
        });
    }

    /// Ends a reply that has begun. After an error the connection is over.
    pub fn finish_reply(&mut self, id: ConnId) -> Result<(), UsageError> {
        let finished = self.with_http(id, |http, cx| {
            if http.is_streaming() { http.finish(cx) } else { (Effect::Stay, GONE) }
        });
        match finished {
            Some(Err(UsageError::NotResponding)) | None => Ok(()),
            Some(result) => result,
        }
    }

    /// Ends a reply that has begun such that the peer sees that it is not whole.
    pub fn cut_off_reply(&mut self, id: ConnId) {
        self.with_http(id, |http, cx| {
            let effect = if http.is_streaming() { http.cut_off(cx) } else { Effect::Stay };
            (effect, ())
        });
    }

    /// Whether more of the body is wanted now of a request whose head an event has brought.
    pub fn want_body(&mut self, id: ConnId, wanted: bool) {
        // The peer's time begins or stands still now.
        self.refresh_now();
        self.with_http(id, |http, cx| (http.want_body(wanted, cx), ()));
    }

    /// Has the whole of such a request come with an `Event::Request`.
    pub fn collect_body(&mut self, id: ConnId, request: Box<Request>) {
        self.with_http(id, |http, cx| (http.collect(request, cx), ()));
    }

    /// Bytes that the body of a request may have where it is held as a whole.
    pub fn body_limit(&self, id: ConnId) -> u64 {
        let server = self.conns.get(id).and_then(|conn| self.shared.servers.get(conn.server?));
        server.map_or(0, |server| server.options.http.body_bytes_max)
    }

    /// Has a server ask about requests with a body once their heads have come, on connections that it
    /// accepts from now on.
    pub fn ask_at_head(&mut self, server: ServerId) {
        if let Some(server) = self.shared.servers.get_mut(server) {
            server.options.http.asks_at_head = true;
        }
    }

    /// Has `Event::PeerGone` tell if the peer goes before its request is answered. False if it has gone
    /// already, `None` if no request waits for an answer.
    pub fn watch_peer(&mut self, id: ConnId) -> Option<bool> {
        let is_there = self.with_http(id, |http, cx| {
            let is_there = http.watch() && (http.awaits_body() || !cx.schedule.read_closed);
            (Effect::Stay, http.is_watched().then_some(is_there))
        });
        is_there.flatten()
    }

    fn with_http<R>(
        &mut self,
        id: ConnId,
        work: impl FnOnce(&mut HttpServer, &mut RoleContext<'_>) -> (Effect, R),
    ) -> Option<R> {
        self.command(id, |role, cx| match role {
            Role::Http(http) => {
                let (effect, result) = work(http, cx);
                (effect, Some(result))
            }
            _ => (Effect::Stay, None),
        })
        .flatten()
    }
}

const GONE: Result<(), UsageError> = Err(UsageError::NotResponding);
