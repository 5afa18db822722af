//! What a hub is allowed, and what is said when it is not.

use std::fmt;

use crate::limits::{
    HUB_MEMBERS_MAX, HUB_NAME_BYTES_MAX, HUB_PATTERNS_MAX, HUB_PATTERNS_PER_SOCKET_MAX,
    HUB_ROOMS_MAX, HUB_ROOMS_PER_SOCKET_MAX,
};

/// Limits of one hub.
#[derive(Clone, Copy, Debug)]
pub struct HubOptions {
    /// Rooms that are occupied at one time.
    pub max_rooms: usize,
    /// Rooms and patterns that one socket is in.
    pub max_rooms_per_socket: usize,
    /// Sockets in one room, or of one pattern.
    pub max_members: usize,
    /// Patterns that are subscribed to at one time.
    pub max_patterns: usize,
    /// Patterns that one socket has subscribed to.
    pub max_patterns_per_socket: usize,
    /// Bytes of a name, in UTF-8.
    pub max_name_length: usize,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self {
            max_rooms: HUB_ROOMS_MAX,
            max_rooms_per_socket: HUB_ROOMS_PER_SOCKET_MAX,
            max_members: HUB_MEMBERS_MAX,
            max_patterns: HUB_PATTERNS_MAX,
            max_patterns_per_socket: HUB_PATTERNS_PER_SOCKET_MAX,
            max_name_length: HUB_NAME_BYTES_MAX,
        }
    }
}

/// Why a socket cannot join a room. Each names the limit and the option that raises it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinError {
    /// A name of so many bytes.
    NameTooLong {
        /// Its length.
        bytes: usize,
        /// What is allowed.
        max: usize,
    },
    /// The name begins as those of channels do.
    Reserved,
    /// The hub has as many rooms as it may have.
    TooManyRooms(usize),
    /// The hub has as many patterns as it may have.
    TooManyPatterns(usize),
    /// The socket has subscribed to as many patterns as it may.
    TooManyPatternsOfSocket(usize),
    /// The socket is in as many rooms as it may be.
    TooManyRoomsOfSocket(usize),
    /// The room has as many members as it may have.
    TooManyMembers(usize),
    /// The room has as many taps as it may have.
    TooManyTaps(usize),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameTooLong { bytes, max } => write!(
                f,
                "the name has {bytes} bytes of UTF-8, more than the {max} that the hub's option \
                 maxNameLength allows"
            ),
            Self::Reserved => write!(f, "the name must not begin with the character U+0001"),
            Self::TooManyRooms(max) => {
                write!(f, "the hub has {max} rooms already, as many as its option maxRooms allows")
            }
            Self::TooManyPatterns(max) => write!(
                f,
                "the hub has {max} patterns already, as many as its option maxPatterns allows"
            ),
            Self::TooManyPatternsOfSocket(max) => write!(
                f,
                "the socket has {max} patterns already, as many as the hub's option \
                 maxPatternsPerSocket allows"
            ),
            Self::TooManyRoomsOfSocket(max) => write!(
                f,
                "the socket is in {max} rooms already, as many as the hub's option \
                 maxRoomsPerSocket allows"
            ),
            Self::TooManyTaps(max) => {
                write!(f, "the room has {max} taps already, as many as a room may have")
            }
            Self::TooManyMembers(max) => write!(
                f,
                "the room has {max} members already, as many as the hub's option maxMembers allows"
            ),
        }
    }
}

impl std::error::Error for JoinError {}
