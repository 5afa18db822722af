//! What krandog writes into a project: its types, and a first program. Knows no engine.

pub mod init;
pub mod types;

mod templates;
