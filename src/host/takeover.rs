//! What servers of Node.js' shape ask beyond others: replies with a reason and trailers of their own,
//! interim responses, connections that go on in another protocol, and servers that close as Node's do.

use super::effect::Effect;
use super::role::{Raw, Role};
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::proto::http1::{Response, UsageError, encode_interim};

impl Host {
    /// Answers a request at once. Without `dated`, the reply has no `Date` of the server's.
    pub fn respond_as(
        &mut self,
        id: ConnId,
        response: &Response<'_>,
        dated: bool,
    ) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Http(http) => http.respond_as(response, dated, cx),
            _ => Ok(Effect::Stay),
        })
    }

    /// Begins to answer one. False if no body is to follow.
    pub fn begin_as(
        &mut self,
        id: ConnId,
        response: &Response<'_>,
        length: Option<u64>,
        dated: bool,
    ) -> Result<bool, UsageError> {
        let mut follows = false;
        self.attempt(id, |role, cx| match role {
            Role::Http(http) => {
                let (effect, more) = http.begin_as(response, (length, false), dated, cx)?;
                follows = more;
                Ok(effect)
            }
            _ => Ok(Effect::Stay),
        })?;
        Ok(follows)
    }

    /// Ends a reply that has begun, with fields behind its body where it has chunks.
    pub fn finish_with(
        &mut self,
        id: ConnId,
        trailers: &[(&str, &[u8])],
    ) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Http(http) if http.is_streaming() => {
                let (effect, finished) = http.finish_with(trailers, cx);
                match finished {
                    Ok(()) => Ok(effect),
                    // It has cut the reply off.
                    Err(error) => {
                        log::debug!("a reply is cut off: {error}");
                        Ok(effect)
                    }
                }
            }
            _ => Ok(Effect::Stay),
        })
    }

    /// Sends an interim response before the answer to a request.
    pub fn send_interim(
        &mut self,
        id: ConnId,
        status: u16,
        headers: &[(&str, &[u8])],
    ) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Http(http) if http.is_owed_a_reply() && !http.is_streaming() => {
                encode_interim(status, headers, cx.out())?;
                Ok(Effect::<Role>::Stay)
            }
            _ => Ok(Effect::Stay),
        })
    }

    /// Makes a connection the script's own that waits for the answer to a request. False if there is
    /// none.
    pub fn take_over(&mut self, id: ConnId) -> bool {
        let taken = self.command(id, |role, _| match role {
            Role::Http(http) if http.is_owed_a_reply() && !http.is_streaming() => {
                (Effect::Become(Role::Raw(Raw::open()), None), true)
            }
            _ => (Effect::Stay, false),
        });
        taken == Some(true)
    }

    /// Has a server ask the script about all requests as they begin, those too that want to go on in
    /// another protocol.
    pub fn hand_over(&mut self, id: ServerId) {
        self.ask_at_head(id);
        if let Some(server) = self.shared.servers.get_mut(id) {
            server.options.hands_over = true;
        }
    }

    /// Stops listening, and ends connections that are idle; those that are not end after their reply.
    /// What has gone on in another protocol goes on.
    pub fn close_http(&mut self, id: ServerId) {
        if self.stop_listening(id) {
            self.close_connections(id, false);
            self.note_server_closed(id);
        }
    }

    /// Ends the connections of a server that speak HTTP: at once, or those that are idle, and the
    /// others after their reply where it is closing.
    pub fn close_connections(&mut self, id: ServerId, all: bool) {
        let closing = self.shared.servers.get(id).is_some_and(|server| server.closing);
        for conn in self.conns_of(id) {
            self.act(conn, |role, cx| match role {
                Role::Http(http) if all => http.abort(cx),
                Role::Http(http) if closing || http.is_idle() => http.close(cx),
                _ => Effect::Stay,
            });
        }
    }
}
