//! Sans-IO protocol cores: bytes and the time go in, events and bytes come out.
//!
//! Nothing here knows of sockets, clocks, mio or JavaScript, so every state can be reached by a
//! test that feeds bytes.

pub mod http1;
pub mod ws;
