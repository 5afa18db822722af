//! One file of tests for each source file, and a few that compare this core with another or walk
//! all orders of events.

mod close;
mod connection;
mod decoder;
mod deflate;
mod differential;
mod extension;
mod fragment;
mod frame;
mod handshake;
mod keepalive;
mod mask;
mod message;
mod model;
mod negotiate;
mod utf8;

use super::config::{Config, Role};

/// Default limits.
fn config(role: Role) -> Config {
    Config::new(role)
}

/// A small deterministic stream of numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next().to_le_bytes()[3]).collect()
    }
}
