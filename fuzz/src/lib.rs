//! What the fuzz targets run. The protocol cores are compiled in from their source, without the
//! rest of krandog: linking the JavaScript engine would cost minutes and gain nothing.

#[path = "../../src/limits.rs"]
#[allow(dead_code, reason = "the parts that have the others are not here")]
pub mod limits;
pub mod memory;
#[path = "../../src/proto/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the hosts that use all of it are not here")]
pub mod proto;
pub mod targets;
