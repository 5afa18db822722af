//! Who keeps a hub.

use std::cell::RefCell;
use std::rc::Rc;

use crate::id::HubId;

/// Keeps a hub. It is forgotten soon after the last of its handles, which servers, rules and the
/// objects of a script have.
#[derive(Clone, Debug)]
pub struct HubHandle(Rc<Kept>);

#[derive(Debug)]
struct Kept {
    id: HubId,
    unused: Unused,
}

/// Hubs that have no handle any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Unused(Rc<RefCell<Vec<HubId>>>);

impl Unused {
    pub(super) fn take(&self) -> Vec<HubId> {
        self.0.take()
    }
}

impl HubHandle {
    pub(super) fn new(id: HubId, unused: &Unused) -> Self {
        Self(Rc::new(Kept { id, unused: unused.clone() }))
    }

    /// The hub.
    pub fn id(&self) -> HubId {
        self.0.id
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The collector of garbage may be at work, and the host busy: it looks here once a turn.
        self.unused.0.borrow_mut().push(self.id);
    }
}
