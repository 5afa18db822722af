//! Packages: which file a specifier means, by the rules of Node.js for `node_modules` and
//! `package.json`. Knows no engine and parses no JavaScript.
//!
//! Spec: <https://nodejs.org/api/esm.html#resolution-algorithm-specification> and
//! <https://nodejs.org/api/modules.html#all-together>

pub(super) mod error;
pub(super) mod manifest;
pub mod resolve;

mod targets;
