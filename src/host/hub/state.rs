//! What the host keeps of hubs, and who keeps a hub.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::options::HubOptions;
use super::rooms::Rooms;
use crate::id::{ConnId, HubId};

/// Everything about hubs.
#[derive(Default)]
pub(in crate::host) struct Hubs {
    pub(super) rooms: Rooms,
    /// Open WebSockets by number, once somebody has looked for one.
    pub(super) numbered: Option<HashMap<u64, ConnId>>,
    /// Those that a publish is for. Kept, since the next one needs as much room.
    pub(super) receivers: Vec<ConnId>,
    unused: Rc<RefCell<Vec<HubId>>>,
}

/// Keeps a hub. It is forgotten soon after the last of its handles, which servers, rules and the
/// objects of a script have.
#[derive(Clone, Debug)]
pub struct HubHandle(Rc<Kept>);

#[derive(Debug)]
struct Kept {
    id: HubId,
    unused: Rc<RefCell<Vec<HubId>>>,
}

impl HubHandle {
    /// The hub.
    pub fn id(&self) -> HubId {
        self.0.id
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The collector of garbage may be at work, and the host busy: it looks here once a turn.
        self.unused.borrow_mut().push(self.id);
    }
}

impl Hubs {
    pub(super) fn add(&mut self, options: HubOptions) -> HubHandle {
        let id = self.rooms.add_hub(options);
        HubHandle(Rc::new(Kept { id, unused: self.unused.clone() }))
    }

    /// Forgets the hubs that nobody can reach any more.
    pub(in crate::host) fn forget_unused(&mut self) {
        if self.unused.borrow().is_empty() {
            return;
        }
        for hub in self.unused.take() {
            self.rooms.remove_hub(hub);
        }
    }

    /// A WebSocket has opened.
    pub(in crate::host) fn note_open(&mut self, conn: ConnId, number: u64) {
        if let Some(numbered) = &mut self.numbered {
            numbered.insert(number, conn);
        }
    }

    /// A WebSocket is over.
    pub(in crate::host) fn note_closed(&mut self, conn: ConnId, number: u64) {
        self.rooms.leave_all(conn);
        if let Some(numbered) = &mut self.numbered {
            numbered.remove(&number);
        }
    }
}
