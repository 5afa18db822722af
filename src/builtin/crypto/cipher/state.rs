//! A cipher in the middle of a message: what every mode can do.

use crate::builtin::crypto::fault::Fault;

/// What every mode can do.
pub(super) trait Cipher {
    /// Data that is authenticated and not encrypted: before all other.
    fn aad(&mut self, _: &[u8]) {}

    fn set_padding(&mut self, _: bool) {}

    /// Appends to `out` what becomes of some bytes, so far as that is known.
    fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Fault>;

    /// Appends the rest.
    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), Fault>;

    /// The tag by which all of it is authenticated, for modes that have one: once, at the end.
    fn tag(&mut self) -> Option<[u8; 16]> {
        None
    }
}
