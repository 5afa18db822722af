//! All of krandog below JavaScript, compiled from its source: linking the crate would link the
//! engine too, and take minutes. `tests/rust/layering.rs` sees to it that these layers stand alone.

#[path = "../../../src/errno.rs"]
pub mod errno;
#[path = "../../../src/host/mod.rs"]
pub mod host;
#[path = "../../../src/id.rs"]
pub mod id;
#[path = "../../../src/limits.rs"]
pub mod limits;
#[path = "../../../src/net/mod.rs"]
pub mod net;
#[path = "../../../src/proto/mod.rs"]
pub mod proto;
