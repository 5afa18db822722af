//! What the host has many of, found by identifier and in no other way.

use std::convert::Infallible;

use slab::Slab;

use crate::id::Id;

/// Generations leave the two top bits of a packed identifier alone: the reactor's tokens have other
/// uses for them.
const GENERATION_MASK: u32 = 0x3FFF_FFFF;

/// Something that knows its identifier.
pub(super) trait Entry {
    type Id: Id;

    fn id(&self) -> Self::Id;
}

/// Entries by index, each of which a stale identifier does not find.
pub(super) struct Table<T> {
    slots: Slab<T>,
    generation: u32,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { slots: Slab::new(), generation: 0 }
    }
}

impl<T: Entry> Table<T> {
    /// Adds what `make` makes of its identifier, unless it fails.
    pub(super) fn insert<E>(
        &mut self,
        make: impl FnOnce(T::Id) -> Result<T, E>,
    ) -> Result<T::Id, E> {
        let slot = self.slots.vacant_entry();
        self.generation = (self.generation + 1) & GENERATION_MASK;
        let index = u32::try_from(slot.key()).unwrap_or(u32::MAX);
        let id = T::Id::new(index, self.generation);
        slot.insert(make(id)?);
        Ok(id)
    }

    /// Adds what `make` makes of its identifier.
    pub(super) fn add(&mut self, make: impl FnOnce(T::Id) -> T) -> T::Id {
        let Ok(id) = self.insert(|id| Ok::<_, Infallible>(make(id)));
        id
    }

    #[inline]
    pub(super) fn get(&self, id: T::Id) -> Option<&T> {
        self.slots.get(id.index()).filter(|entry| entry.id() == id)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, id: T::Id) -> Option<&mut T> {
        self.slots.get_mut(id.index()).filter(|entry| entry.id() == id)
    }

    pub(super) fn remove(&mut self, id: T::Id) -> Option<T> {
        self.get(id)?;
        self.slots.try_remove(id.index())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().map(|(_, entry)| entry)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().map(|(_, entry)| entry)
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ConnId;

    impl Entry for ConnId {
        type Id = Self;

        fn id(&self) -> Self {
            *self
        }
    }

    #[test]
    fn a_stale_identifier_finds_nothing_in_a_slot_that_is_used_again() {
        let mut table = Table::default();
        let first: ConnId = table.insert(Ok::<_, ()>).unwrap();
        assert_eq!(table.remove(first), Some(first));
        let second = table.insert(Ok::<_, ()>).unwrap();
        assert_eq!(first.index(), second.index());
        assert_eq!((table.get(first), table.get(second)), (None, Some(&second)));
        assert!(table.get_mut(first).is_none() && table.remove(first).is_none());
    }

    #[test]
    fn what_cannot_be_made_takes_no_slot() {
        let mut table = Table::<ConnId>::default();
        assert_eq!(table.insert(|_| Err("no")), Err("no"));
        assert!(table.is_empty());
    }

    #[test]
    fn generations_leave_the_top_bits_alone_and_begin_anew() {
        let mut table = Table::<ConnId> { slots: Slab::new(), generation: GENERATION_MASK - 1 };
        let last = table.insert(Ok::<_, ()>).unwrap();
        let next = table.insert(Ok::<_, ()>).unwrap();
        assert_eq!((last.generation(), next.generation()), (GENERATION_MASK, 0));
    }
}
