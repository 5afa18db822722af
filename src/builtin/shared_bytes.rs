//! Bytes that cannot change, shared by all that hold a part of them: a `Blob`, its slices, a body.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of bytes that are there once.
#[derive(Clone, Default)]
pub(super) struct SharedBytes {
    data: Arc<[u8]>,
    start: usize,
    end: usize,
}

impl SharedBytes {
    /// The bytes that it is a part of, and where it starts and ends in them.
    pub(super) fn whole(&self) -> (Arc<[u8]>, usize, usize) {
        (self.data.clone(), self.start, self.end)
    }

    /// A part of this one; both ends are within its length.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let end = self.end.min(self.start.saturating_add(range.end));
        let start = end.min(self.start.saturating_add(range.start));
        Self { data: self.data.clone(), start, end }
    }
}

impl From<SharedBytes> for Arc<[u8]> {
    /// The bytes by themselves: copied where there are others around them.
    fn from(bytes: SharedBytes) -> Self {
        let is_whole = bytes.start == 0 && bytes.end == bytes.data.len();
        if is_whole { bytes.data } else { Self::from(&*bytes) }
    }
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.data[self.start..self.end]
    }
}

impl From<Arc<[u8]>> for SharedBytes {
    fn from(data: Arc<[u8]>) -> Self {
        Self { start: 0, end: data.len(), data }
    }
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Arc::<[u8]>::from(bytes).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stays_inside_of_what_it_is_a_part_of() {
        let bytes = SharedBytes::from(b"0123456789".to_vec());
        let part = bytes.part(2..8);
        assert_eq!(&*part, b"234567");
        assert_eq!(&*part.part(1..3), b"34");
        assert_eq!(&*part.part(4..100), b"67");
        assert_eq!(&*part.part(100..usize::MAX), b"");
        assert_eq!(&*bytes.part(0..10), &*bytes);
    }
}
