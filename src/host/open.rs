//! What keeps a program alive, for whoever asks why it does not end.

use super::conn::Conn;
use super::role::Role;
use super::turn::Host;
use crate::id::{ConnId, ExchangeId, ServerId};
use crate::net::listener::Address;

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenThing {
    /// A server that listens.
    Server {
        /// Which.
        id: ServerId,
        /// Where, as people write it.
        address: String,
    },
    /// A connection.
    Conn {
        /// Which.
        id: ConnId,
        /// What it is.
        what: String,
    },
    /// A request that waits for its response.
    Exchange {
        /// Which.
        id: ExchangeId,
        /// What it is.
        what: String,
    },
}

impl Host {
    /// All that [`is_alive`](Self::is_alive) counts, but news.
    pub fn open_things(&self) -> Vec<OpenThing> {
        let servers = self.shared.servers.iter().filter(|server| server.keeps_alive());
        let servers = servers.map(|server| {
            let address = server.listener.as_ref().map(|listener| shown(listener.address()));
            OpenThing::Server { id: server.id, address: address.unwrap_or_default() }
        });
        let conns = self.conns.iter().filter_map(|conn| thing(conn));
        servers.chain(conns).collect()
    }
}

fn shown(address: &Address) -> String {
    match address {
        Address::Tcp(address) => address.to_string(),
        Address::Unix(path) => path.display().to_string(),
    }
}

fn thing(conn: &Conn) -> Option<OpenThing> {
    let peer = conn.peer.map(|peer| format!(" {peer}")).unwrap_or_default();
    let is_accepted = conn.server.is_some();
    let what = match &conn.role {
        Role::HttpClient(client) => {
            let id = client.exchange()?;
            return Some(OpenThing::Exchange { id, what: format!("a request to{peer}") });
        }
        Role::WebSocket(_) if is_accepted => format!("a WebSocket that was accepted from{peer}"),
        Role::WebSocket(_) => format!("a WebSocket to{peer}"),
        Role::Opening(_) | Role::Tunneling(_) => "a WebSocket that is not open yet".to_owned(),
        Role::Broker(_) => return None,
        _ => format!("a connection with{peer}"),
    };
    Some(OpenThing::Conn { id: conn.id, what })
}
