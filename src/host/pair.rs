//! WebSockets between a script and its own server without a port: a pair of sockets that nobody else
//! can reach, with the whole protocol between them. For tests.

use std::io;

use super::dial::Dialed;
use super::options::{ClientOptions, ServerOptions};
use super::server::Server;
use super::turn::{Host, conn_token};
use crate::id::{ConnId, ServerId};
use crate::net::transport::Transport;

impl Host {
    /// A server that nobody outside of this program can connect to, and that does not keep it alive.
    pub fn listen_in_memory(&mut self, options: ServerOptions) -> ServerId {
        self.shared.servers.add(|id| Server::silent(id, options))
    }

    /// Connects a WebSocket to a server of this host, without TLS and whatever the target of
    /// `options` is. What follows is as after [`connect`](Self::connect).
    pub fn connect_to_own(
        &mut self,
        options: ClientOptions,
        server: ServerId,
    ) -> io::Result<(ConnId, u64)> {
        let (mut ours, theirs) = Transport::pair()?;
        let opened = self.open(options);
        self.watcher.watch(ours.socket_mut(), conn_token(opened.0))?;
        self.adopt(server, theirs, None, true);
        self.dial(opened.0, move |_, _| Dialed::Connected(ours));
        self.rearm(opened.0);
        Ok(opened)
    }
}
