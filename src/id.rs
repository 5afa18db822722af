//! Identifiers that the layers hand to each other instead of references.
//!
//! Each is an index into a slab plus a generation, packed into one `u64`: a stale identifier, kept
//! by a script or by a late kernel event, finds nothing instead of somebody else's connection.
//! Connections and servers count their generations together, so the generation alone names one to
//! people: that is `#12` in the log and `ws.id`.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u64);

        impl $name {
            /// Builds the identifier of slot `index` in its `generation`-th use.
            pub const fn new(index: u32, generation: u32) -> Self {
                Self(((generation as u64) << 32) | index as u64)
            }

            /// The slot in its slab.
            pub const fn index(self) -> usize {
                (self.0 & 0xFFFF_FFFF) as usize
            }

            /// How many times the slot had been used before.
            pub const fn generation(self) -> u32 {
                (self.0 >> 32) as u32
            }

            /// The packed value, unique for the life of the process.
            pub const fn as_u64(self) -> u64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "#{}", self.generation())
            }
        }

        impl From<u64> for $name {
            fn from(packed: u64) -> Self {
                Self(packed)
            }
        }
    };
}

id!(/// A connection of any kind, accepted or outgoing.
    ConnId);
id!(/// A listening server.
    ServerId);
id!(/// A timer of a script.
    TimerId);
id!(/// A piece of work that a worker thread does for a script.
    OpId);
