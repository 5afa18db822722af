//! What one connection is allowed, and which end of it this is.

use super::deflate;
use crate::limits::{CLIENT_MAX_PAYLOAD, MAX_FRAGMENTS, SERVER_MAX_PAYLOAD};

/// Which end of the connection this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Masks what it sends and takes no masked frame.
    Client,
    /// Sends unmasked and takes only masked frames.
    Server,
}

/// What one connection is allowed.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which end this is.
    pub role: Role,
    /// Largest message taken, in bytes.
    pub max_payload: usize,
    /// Most frames in one message taken, empty ones included.
    pub max_fragments: usize,
    /// What the opening handshake agreed on about compression, if anything.
    pub deflate: Option<deflate::Params>,
}

impl Config {
    /// The default limits of a role, without compression.
    pub const fn new(role: Role) -> Self {
        let max_payload = match role {
            Role::Client => CLIENT_MAX_PAYLOAD,
            Role::Server => SERVER_MAX_PAYLOAD,
        };
        Self { role, max_payload, max_fragments: MAX_FRAGMENTS, deflate: None }
    }
}
