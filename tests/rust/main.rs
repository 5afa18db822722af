//! Tests that are about the crate as a whole, in one binary: each would link the engine anew.

#[cfg(test)]
mod layering;
