//! The native half of `krandog:hub`: rooms as scripts see them. Sets and fan-out are the host's.
//!
//! Imports go one way: `data`, `bus`, `options`, `arguments`, `answer`,
//! `socket`, `relay`, `class`, `line`, `deliver`.

mod answer;
mod arguments;
mod bus;
mod class;
mod data;
mod deliver;
mod line;
mod options;
mod relay;
mod socket;

use boa_engine::Context;

pub use deliver::{deliver_bus, deliver_room};
pub use line::{deliver_line, is_line};
pub use relay::{deliver_tapped, forget_taps};

pub(super) use arguments::number_of;
pub(super) use bus::{BusWish, bus_of_servers, bus_wish, give_bus};
pub(super) use class::{OPS, check_room};
pub(super) use data::{handle_of, new_hub};
pub(super) use line::OPS as LINE_OPS;
pub(super) use relay::{check_relay, relay_info, relay_to, socket_relay};
pub(super) use socket::{in_room, join, leave, publish, rooms};

/// Puts the table of hubs that a script listens to into the context.
pub(super) fn install(context: &mut Context) {
    bus::install(context);
    data::install(context);
    line::install(context);
    relay::install(context);
}
