//! Hubs: rooms of WebSockets, and what is published to them.
//!
//! Sets and fan-out are here, below any script. A message for a room is encoded once, whoever
//! gets it; a hub may be that of several servers, and take in sockets that no server accepted.
//!
//! ```text
//! options     limits, and what is said at them
//! pattern     names with stars
//! rooms       who is in which room
//! looking     what can be asked of that
//! pins        rooms that stay without members
//! handle      who keeps a hub
//! state       what the host keeps of hubs
//! membership  what a script asks about rooms
//! bus         what takes messages to other hubs
//! exchange    the bus of this process
//! publish     what a script sends to many
//! carry       messages between a hub and its bus
//! cast        what comes on a channel
//! channels    rooms without sockets, for scripts
//! rule        what is done with the messages of a connection
//! relay       messages that do not enter the script
//! ```

mod bus;
mod carry;
mod cast;
mod channels;
mod exchange;
mod handle;
mod looking;
mod membership;
mod options;
mod pattern;
mod pins;
mod publish;
mod relay;
mod rooms;
mod rule;
mod state;

#[cfg(test)]
mod across_tests;
#[cfg(test)]
mod bus_tests;
#[cfg(test)]
mod tests;

pub use bus::{Bus, BusCounters, Inbound, Outbound, Payload, Recipient, To};
pub use cast::{Cast, LINE};
pub(super) use cast::{is_line, is_own, room_of_place};
pub(super) use exchange::Exchanges;
pub use handle::HubHandle;
pub use looking::Except;
pub use options::{HubOptions, JoinError};
pub use pattern::Kind;
pub use publish::{Delivered, Publish};
pub use rooms::RoomNews;
pub use rule::{AutoReply, Left, Part, RelayCounts, RelayRule};
pub(super) use state::Hubs;
