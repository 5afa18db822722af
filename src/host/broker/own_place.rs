//! What is for one socket, in whichever process: it goes to a room of its own, which the place hears
//! that the number of the socket names. In front of the message stands that number, in letters, since
//! the message may be a text. Number 0 says that somebody has taken the place: no two may.

use super::news::Outage;
use crate::host::hub::room_of_place;
use crate::host::place::{node_of, place_of};

/// How many letters a number has.
const LETTERS: usize = 14;

/// The place of this process, or of one of its threads.
pub(super) struct OwnPlace {
    place: u64,
    room: String,
    /// Somebody else has it too, which was told.
    disputed: bool,
}

/// What comes in the room of a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Letter<'a> {
    /// For the socket with this number.
    To(u64, &'a [u8]),
    /// Somebody else has the same place.
    Claim,
}

impl OwnPlace {
    pub(super) fn new(place: u64) -> Self {
        Self { place, room: room_of_place(place), disputed: false }
    }

    pub(super) fn room(&self) -> &str {
        &self.room
    }

    /// The room in which a socket is to be written to, and what stands in front. `None` if that is no
    /// affair of a broker.
    pub(super) fn address(&self, number: u64) -> Option<(String, String)> {
        let place = place_of(number);
        let node = node_of(place);
        (node != 0 && node != node_of(self.place)).then(|| (room_of_place(place), letters(number)))
    }

    /// What says that this place is taken.
    pub(super) fn claim() -> String {
        letters(0)
    }

    /// What has come in our room. `None` if it makes no sense.
    pub(super) fn open(data: &[u8]) -> Option<Letter<'_>> {
        let (number, rest) = data.split_at_checked(LETTERS)?;
        let number = u64::from_str_radix(std::str::from_utf8(number).ok()?, 16).ok()?;
        Some(if number == 0 { Letter::Claim } else { Letter::To(number, rest) })
    }

    /// Somebody else says that the place is theirs. What to tell, the first time.
    pub(super) fn dispute(&mut self) -> Option<Outage> {
        let was = std::mem::replace(&mut self.disputed, true);
        let node = node_of(self.place);
        (!was).then(|| {
            let message = format!(
                "another process on this bus is node {node} too: what is sent to the id of a WebSocket \
                 may reach the wrong one; give each process a KRANDOG_NODE of its own"
            );
            Outage::new("BUS_NODE_TAKEN", message)
        })
    }
}

fn letters(number: u64) -> String {
    format!("{number:0LETTERS$x}")
}
