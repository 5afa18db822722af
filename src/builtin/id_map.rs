//! What a script has for each connection or server, by identifier.
//!
//! It follows the slots of the host's slabs. The host reuses a slot as soon as its connection is
//! gone, which may be before the script has been told: then the older entry is set aside, and found
//! and removed like any other.

use std::cell::RefCell;

use crate::id::{ConnId, DatagramId, ServerId};

/// An identifier with a slot, in which one that has the same slot may have come before it.
pub(super) trait SlotId: Copy + PartialEq {
    /// Where it stands in the host's slab.
    fn slot(self) -> usize;
}

impl SlotId for ConnId {
    fn slot(self) -> usize {
        self.index()
    }
}

impl SlotId for DatagramId {
    fn slot(self) -> usize {
        self.index()
    }
}

impl SlotId for ServerId {
    fn slot(self) -> usize {
        self.index()
    }
}

/// A map whose values are handed out as clones, so that no borrow is left when JavaScript runs.
/// In the context it is a root: objects in it are not collected.
pub(super) struct IdMap<K, V> {
    slots: RefCell<Vec<Option<(K, V)>>>,
    displaced: RefCell<Vec<(K, V)>>,
}

impl<K, V> Default for IdMap<K, V> {
    fn default() -> Self {
        Self { slots: RefCell::default(), displaced: RefCell::default() }
    }
}

impl<K: SlotId, V: Clone> IdMap<K, V> {
    /// The value of `id`, if it has one.
    pub(super) fn find(&self, id: K) -> Option<V> {
        if let Some(Some((known, value))) = self.slots.borrow().get(id.slot())
            && *known == id
        {
            return Some(value.clone());
        }
        let displaced = self.displaced.borrow();
        displaced.iter().find(|(known, _)| *known == id).map(|(_, value)| value.clone())
    }

    /// Gives `id` a value, in place of the one it had.
    pub(super) fn insert(&self, id: K, value: V) {
        let mut slots = self.slots.borrow_mut();
        if slots.len() <= id.slot() {
            slots.resize_with(id.slot() + 1, || None);
        }
        let before = slots[id.slot()].replace((id, value));
        self.displaced.borrow_mut().extend(before.filter(|(known, _)| *known != id));
    }

    /// Takes the value of `id` out.
    pub(super) fn remove(&self, id: K) -> Option<V> {
        let mut slots = self.slots.borrow_mut();
        let slot = slots.get_mut(id.slot());
        let taken = slot.and_then(|slot| slot.take_if(|(known, _)| *known == id));
        let taken = taken.or_else(|| {
            let mut displaced = self.displaced.borrow_mut();
            let at = displaced.iter().position(|(known, _)| *known == id)?;
            Some(displaced.swap_remove(at))
        });
        taken.map(|(_, value)| value)
    }

    /// All identifiers that have one.
    pub(super) fn keys(&self) -> Vec<K> {
        let (slots, displaced) = (self.slots.borrow(), self.displaced.borrow());
        slots.iter().flatten().chain(displaced.iter()).map(|(id, _)| *id).collect()
    }

    /// All values.
    pub(super) fn values(&self) -> Vec<V> {
        let (slots, displaced) = (self.slots.borrow(), self.displaced.borrow());
        slots.iter().flatten().chain(displaced.iter()).map(|(_, value)| value.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_identifier_finds_nothing() {
        let map = IdMap::default();
        let (old, new) = (ConnId::new(3, 1), ConnId::new(3, 2));
        map.insert(old, "old");
        assert_eq!((map.find(old), map.find(new)), (Some("old"), None));
        assert_eq!((map.remove(new), map.remove(old)), (None, Some("old")));
        map.insert(new, "new");
        assert_eq!((map.find(old), map.find(new)), (None, Some("new")));
        assert_eq!(map.find(ConnId::new(9, 2)), None);
    }

    #[test]
    fn whoever_follows_in_a_slot_displaces_nobody_for_good() {
        let map = IdMap::default();
        let ids = [1, 2, 3].map(|generation| ServerId::new(0, generation));
        for id in ids {
            map.insert(id, id.generation());
        }
        assert_eq!(ids.map(|id| map.find(id)), [Some(1), Some(2), Some(3)]);
        let mut values = map.values();
        values.sort_unstable();
        assert_eq!(values, [1, 2, 3]);
        assert_eq!(map.remove(ids[2]), Some(3));
        assert_eq!(ids.map(|id| map.find(id)), [Some(1), Some(2), None]);
        assert_eq!(ids.map(|id| map.remove(id)), [Some(1), Some(2), None]);
        assert_eq!(ids.map(|id| map.find(id)), [None, None, None]);
    }

    #[test]
    fn another_value_takes_the_place_of_the_first() {
        let map = IdMap::default();
        let id = ConnId::new(0, 1);
        map.insert(id, 1);
        map.insert(id, 2);
        assert_eq!((map.remove(id), map.remove(id)), (Some(2), None));
    }
}
