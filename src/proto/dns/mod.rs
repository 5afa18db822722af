//! Messages of the domain name system: a question goes out, an answer comes in. Knows no server, no
//! socket and no time.
//!
//! Spec: RFC 1035, RFC 2782 (SRV), RFC 3403 (NAPTR), RFC 3596 (AAAA), RFC 6698 (TLSA), RFC 8659 (CAA).

mod answer;
mod name;
mod question;
mod record;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Refused, decode};
pub use question::{Kind, encode};
pub use record::{Data, Record};
