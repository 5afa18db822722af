//! CommonJS: packages that export by assignment and import by calling `require`.
//!
//! `runtime/commonjs.js` runs them. Here is what it needs of the loader, and what a module that is
//! imported needs of it: its names.

pub(super) mod module;
pub(super) mod names;
pub(super) mod place;
pub(super) mod source;
