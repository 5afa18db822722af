//! The state machine of one connection after its opening handshake (RFC 6455 5, 7).
//!
//! ```text
//!                  close()                 peer's Close
//!        ┌─ Open ─────────────▶ CloseSent ─────────────▶ Complete
//!        │   │                      │                       ▲
//!        │   │ fail(), bad input    │ fail(), bad input     │
//!        │   ▼                      │                       │
//!        │ Failed ◀─────────────────┘                       │
//!        │                                                  │
//!        └─ peer's Close, answered at once ─────────────────┘
//!
//!        handle_eof() ends any of them. It stays as clean or unclean as it was.
//! ```
//!
//! Open is `State::Open`; the three others are `State::Closing`; all become `State::Closed` at the
//! end of TCP. A Close frame is the last thing written, ever; nothing is read after the peer's, nor
//! after a fault.
//!
//! `machine` is what a connection is made of, `receive` its input and `send` its output; `fragment` is
//! output frame by frame, and `shared` output that many have in common.

mod fragment;
mod machine;
mod receive;
mod send;
mod shared;

pub use fragment::Fragment;
pub use machine::Connection;
pub use send::Outgoing;
pub use shared::{Encoding, Frames, SharedMessage};
