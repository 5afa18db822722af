//! One connection: its socket, what is on its way out, when it is looked at, and what it speaks.

use std::net::SocketAddr;
use std::time::Instant;

use super::dial::Dial;
use super::role::{Role, RoleContext, Shared};
use super::schedule::Schedule;
use super::table::Entry;
use crate::id::{ConnId, ServerId};
use crate::net::out_buffer::OutBuffer;
use crate::net::tls::Session;
use crate::net::transport::Transport;

/// An entry of the host's table of connections.
pub(super) struct Conn {
    pub(super) id: ConnId,
    pub(super) link: Link,
    pub(super) out: OutBuffer,
    pub(super) schedule: Schedule,
    pub(super) role: Role,
    /// The server that accepted it, unless it goes out.
    pub(super) server: Option<ServerId>,
    pub(super) peer: Option<SocketAddr>,
}

/// The way to the peer.
pub(super) enum Link {
    /// There is none yet.
    Dialing(Box<Dial>),
    Up(Transport),
    /// For the moment in which it becomes another.
    Changing,
}

impl Link {
    /// Goes on in TLS from here.
    pub(super) fn secure(&mut self, session: Session) {
        *self = match std::mem::replace(self, Self::Changing) {
            Self::Up(transport) => Self::Up(transport.secured(session)),
            other => other,
        };
    }
}

impl Entry for Box<Conn> {
    type Id = ConnId;

    #[inline]
    fn id(&self) -> ConnId {
        self.id
    }
}

impl Conn {
    pub(super) fn new(id: ConnId, link: Link, role: Role) -> Box<Self> {
        Box::new(Self {
            id,
            link,
            out: OutBuffer::default(),
            schedule: Schedule::default(),
            role,
            server: None,
            peer: None,
        })
    }

    /// Lets the role work.
    #[inline]
    pub(super) fn act<R>(
        &mut self,
        shared: &mut Shared,
        work: impl FnOnce(&mut Role, &mut RoleContext<'_>) -> R,
    ) -> R {
        let Self { id, out, schedule, role, server, peer, .. } = self;
        let mut cx = RoleContext { id: *id, server: *server, peer, out, schedule, shared };
        work(role, &mut cx)
    }

    /// Whether bytes may be decoded now.
    #[inline]
    pub(super) fn takes_input(&self) -> bool {
        self.role.takes_input(self.schedule.pauses.any(), self.out.len())
    }

    /// Whether there is something to write that no role has asked for.
    #[inline]
    pub(super) fn wants_write(&self) -> bool {
        matches!(&self.link, Link::Up(transport) if transport.wants_write())
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        let dial = match &self.link {
            Link::Dialing(dial) => dial.next_deadline(),
            Link::Up(_) | Link::Changing => None,
        };
        let restraint = self.schedule.restraint.as_ref();
        let restraint = restraint.and_then(|restraint| restraint.next_deadline());
        [dial, self.role.next_deadline(), restraint].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the allocator hands out. One byte more, and every idle connection takes the next of its
    /// sizes: 192.
    #[test]
    fn an_idle_connection_is_small() {
        // A socket is larger where it is checked that it stays in one poll, and then has room to
        // say that there is none.
        let checks = size_of::<Link>() - 16;
        assert!(size_of::<Conn>() - checks <= 160, "{}", size_of::<Conn>());
    }
}
