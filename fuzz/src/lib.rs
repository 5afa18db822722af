//! What the fuzz targets run: krandog's protocol cores, without the engine.

pub use krandog::net::tls;
pub use krandog::{limits, proto};

pub mod memory;
pub mod targets;
