//! Bodies of replies that do not lie in one place.

use std::sync::Arc;

use crate::net::file_range::FileRange;

/// A part of a reply's body.
#[derive(Clone, Debug)]
pub enum BodyPart {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Bytes that other replies may have too.
    Shared(Arc<[u8]>),
    /// Bytes of a file, which are read when their turn comes.
    File(FileRange),
}

impl BodyPart {
    /// How many bytes they are.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Shared(chunk) => chunk.len() as u64,
            Self::File(range) => range.len as u64,
        }
    }
}
