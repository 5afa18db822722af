//! URLs, as browsers and Node.js read them: parsing, parts, setters, the forms in a query.
//!
//! It knows no JavaScript and looks nothing up. Spec: <https://url.spec.whatwg.org/>

mod derived;
mod encode;
pub mod form;
mod host;
mod parser;
mod pattern;
mod record;
mod segment;
mod setters;
#[cfg(test)]
mod tests;

pub use encode::percent_decode;
pub use host::{Host, domain_to_unicode};
pub use pattern::canonical;
pub use record::Url;
pub use segment::has_detours;
