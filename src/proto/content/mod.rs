//! What is asked of a representation and how it is chosen (RFC 9110, sections 8, 12, 13 and 14): types,
//! codings, conditions and ranges. Knows no message, no file and no clock.

pub mod codings;
pub mod conditions;
pub mod media_type;
pub mod ranges;
