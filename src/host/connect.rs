//! Outgoing connections: from what a script asks for to the first role, and to the look-up of a name.

use std::io;
use std::net::{IpAddr, SocketAddr};

use super::conn::{Conn, Link};
use super::dial::Dial;
use super::event::{Cause, ConnError};
use super::options::{ClientOptions, Target};
use super::role::{Behind, Opening, Role, Tunneling, fail_opening};
use super::turn::Host;
use crate::id::ConnId;
use crate::net::listener::Address;
use crate::net::pool::Task;

impl Host {
    /// Starts to connect. `Event::Open` or `Event::Closed` tells what came of it. The WebSocket gets
    /// a number that no other one of this process has, unless it brings one.
    pub fn connect(&mut self, options: ClientOptions) -> (ConnId, u64) {
        let opened = self.open(options);
        self.begin_dial(opened.0);
        self.rearm(opened.0);
        opened
    }

    /// An outgoing WebSocket that fails with `error` before anything is tried.
    pub fn refuse_to_connect(&mut self, options: ClientOptions, error: ConnError) -> (ConnId, u64) {
        let opened = self.open(options);
        self.act(opened.0, |_, cx| fail_opening(error, Cause::Local, cx));
        opened
    }

    pub(super) fn open(&mut self, options: ClientOptions) -> (ConnId, u64) {
        let begins_at = self.shared.now + options.delay;
        let deadline = begins_at + options.handshake_timeout;
        let number = options.number.unwrap_or_else(|| self.shared.next_number());
        let target = match &options.proxy {
            Some(proxy) => Target::Tcp { host: proxy.host.clone(), port: proxy.port },
            None => options.target.clone(),
        };
        let link = Link::Dialing(Box::new(Dial::new(target, options.local_address, begins_at)));
        let mut out = Vec::new();
        let role = match options.proxy.clone() {
            Some(proxy) => {
                let target = options.target.clone();
                let behind = Behind::WebSocket { options: Box::new(options), number, deadline };
                Tunneling::new(behind, &proxy, &target, &mut out).map(Role::Tunneling)
            }
            None => Opening::new(options, number, deadline, &mut out).map(Role::Opening),
        };
        let (role, error) = match role {
            Ok(role) => (role, None),
            Err(error) => (Role::over(self.shared.now), Some(error)),
        };
        let id = self.conns.add(|id| Conn::new(id, link, role));
        if let Some(conn) = self.conns.get_mut(id) {
            conn.out.tail(&mut self.shared.buffers).extend_from_slice(&out);
        }
        if let Some(error) = error {
            self.act(id, |_, cx| fail_opening(error, Cause::Local, cx));
        }
        (id, number)
    }

    /// Looks the target of a dial up, once it is time to begin.
    pub(super) fn begin_dial(&mut self, id: ConnId) {
        let now = self.shared.now;
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Link::Dialing(dial) = &mut conn.link else { return };
        match dial.begin(now) {
            None => {}
            Some(Target::Unix(path)) => self.found(id, Ok(vec![Address::Unix(path)])),
            Some(Target::Tcp { host, port }) => match host.parse::<IpAddr>() {
                Ok(ip) => self.resolved(id, Ok(vec![SocketAddr::new(ip, port)])),
                Err(_) => self.lookups.push(Task::Resolve { conn: id, host, port }),
            },
        }
    }

    /// The addresses of a connection's name have been found, or not.
    pub(super) fn resolved(&mut self, id: ConnId, addresses: io::Result<Vec<SocketAddr>>) {
        let all = |found: Vec<SocketAddr>| found.into_iter().map(Address::Tcp).collect();
        self.found(id, addresses.map(all));
    }

    pub(super) fn found(&mut self, id: ConnId, addresses: io::Result<Vec<Address>>) {
        let now = self.shared.now;
        self.dial(id, |dial, begin| dial.resolved(addresses, now, begin));
    }
}
