//! `multipart/form-data`: forms with files, as bytes. Knows neither scripts nor files.
//!
//! Specs: RFC 7578, RFC 2046 5.1, and what browsers send:
//! <https://html.spec.whatwg.org/#multipart-form-data>

mod encode;
mod parse;

pub use encode::{Encoder, boundary};
pub use parse::{FormError, FormLimits, Part, parse};
