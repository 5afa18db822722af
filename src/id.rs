//! Identifiers that the layers hand to each other instead of references.
//!
//! Each is an index into a table plus a generation, packed into one `u64`: a stale identifier, kept
//! by a script or by a late kernel event, finds nothing instead of somebody else's connection. The
//! generation counts what the table has ever held, so it alone names a connection in the log: that
//! is `#12`.

use std::num::NonZeroU64;

/// What a table hands out.
pub trait Id: Copy + PartialEq {
    /// The identifier of slot `index` in its `generation`-th use.
    fn new(index: u32, generation: u32) -> Self;
    /// The slot.
    fn index(self) -> usize;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        // Of all bits the opposite, of which one at least is set: so an `Option` takes no room.
        pub struct $name(NonZeroU64);

        impl $name {
            /// Builds the identifier of slot `index` in its `generation`-th use.
            pub const fn new(index: u32, generation: u32) -> Self {
                Self::pack(((generation as u64) << 32) | index as u64)
            }

            /// The slot in its slab.
            pub const fn index(self) -> usize {
                (self.as_u64() & 0xFFFF_FFFF) as usize
            }

            /// The number of its kind.
            pub const fn generation(self) -> u32 {
                (self.as_u64() >> 32) as u32
            }

            /// The packed value, unique for the life of the process.
            pub const fn as_u64(self) -> u64 {
                !self.0.get()
            }

            const fn pack(packed: u64) -> Self {
                // The last index of the last generation is never reached.
                match NonZeroU64::new(!packed) {
                    Some(opposite) => Self(opposite),
                    None => Self(NonZeroU64::MIN),
                }
            }
        }

        impl Id for $name {
            fn new(index: u32, generation: u32) -> Self {
                Self::new(index, generation)
            }

            fn index(self) -> usize {
                self.index()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "#{}", self.generation())
            }
        }

        impl From<u64> for $name {
            fn from(packed: u64) -> Self {
                Self::pack(packed)
            }
        }
    };
}

id!(/// A connection of any kind, accepted or outgoing.
    ConnId);
id!(/// A listening server.
    ServerId);
id!(/// A request that goes out, and its response.
    ExchangeId);
id!(/// A piece of work that a worker thread does for a script.
    OpId);
id!(/// A socket of datagrams.
    DatagramId);
id!(/// A hub: a set of rooms.
    HubId);
id!(/// A source that the host only watches.
    SourceId);
