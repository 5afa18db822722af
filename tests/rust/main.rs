//! Tests that are about the crate as a whole, in one binary: each would link the engine anew.

#[cfg(test)]
mod circles;
/// What the fuzzers were seeded with and what they found, fed to the same targets.
#[cfg(test)]
#[path = "../../fuzz/corpus_replay.rs"]
mod corpus_replay;
#[cfg(test)]
mod layering;
#[cfg(test)]
mod limits_page;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod source;
#[cfg(test)]
mod threads;
