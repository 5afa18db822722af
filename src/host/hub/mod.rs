//! Hubs: rooms of WebSockets, and what is published to them.
//!
//! Sets and fan-out are here, below any script. A message for a room is encoded once, whoever
//! gets it; a hub may be that of several servers, and take in sockets that no server accepted.
//!
//! ```text
//! options     limits, and what is said at them
//! pattern     names with stars
//! rooms       who is in which room
//! state       what the host keeps of hubs, and who keeps a hub
//! membership  what a script asks about rooms
//! publish     what a script sends to many
//! ```

mod membership;
mod options;
mod pattern;
mod publish;
mod rooms;
mod state;

#[cfg(test)]
mod tests;

pub use options::{HubOptions, JoinError};
pub use publish::{Delivered, Publish};
pub use rooms::{Except, Kind, RoomNews};
pub use state::HubHandle;
pub(super) use state::Hubs;
