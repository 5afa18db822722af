//! Rooms that stay although nobody is in them: rules and taps refer to them.

use std::rc::Rc;

use super::options::JoinError;
use super::pattern::Kind;
use super::rooms::{Rooms, Tap};
use super::rule::Part;
use crate::id::HubId;
use crate::limits::HUB_TAPS_MAX;

impl Rooms {
    /// The room with this name, which stays until it is unpinned.
    pub(super) fn pin(&mut self, hub: HubId, name: &str) -> Result<u32, JoinError> {
        let known = self.hubs.get(hub).and_then(|hub| hub.named(Kind::Room, name));
        let index = match known {
            Some(index) => index,
            None => self.open_room(hub, name, Kind::Room)?,
        };
        if let Some(room) = self.room_at_mut(index) {
            room.pins += 1;
        }
        Ok(index)
    }

    pub(super) fn unpin(&mut self, index: u32) {
        if let Some(room) = self.room_at_mut(index) {
            room.pins = room.pins.saturating_sub(1);
        }
        self.close_if_unused(index);
    }

    /// Adds somebody who looks at a part of the messages of a room, the first one among them.
    pub(super) fn add_tap(&mut self, hub: HubId, name: &str, part: Part) -> Result<u64, JoinError> {
        let index = self.pin(hub, name)?;
        let Some(room) = self.by_index.get_mut(index as usize) else { return Ok(0) };
        if room.taps.len() >= HUB_TAPS_MAX {
            self.unpin(index);
            return Err(JoinError::TooManyTaps(HUB_TAPS_MAX));
        }
        self.taps += 1;
        room.taps.push(Tap { id: self.taps, part, sum: part.missing() });
        self.tapped.insert(self.taps, index);
        Ok(self.taps)
    }

    pub(super) fn remove_tap(&mut self, tap: u64) -> bool {
        let Some(index) = self.tapped.remove(&tap) else { return false };
        if let Some(room) = self.room_at_mut(index) {
            room.taps.retain(|known| known.id != tap);
        }
        self.unpin(index);
        true
    }

    /// A message went to a room: who looks at it, if anybody does, and what the room is called.
    pub(super) fn taps_due(&mut self, index: u32) -> Option<(Vec<u64>, Rc<str>)> {
        let room = self.room_at_mut(index)?;
        let mut due = Vec::new();
        for tap in &mut room.taps {
            if tap.part.add_to(&mut tap.sum) {
                due.push(tap.id);
            }
        }
        (!due.is_empty()).then(|| (due, room.name.clone()))
    }
}
