//! What a process prints, kept as far as anybody will read it: the beginning and the end.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use crate::limits::TEST_OUTPUT_BYTES_KEPT;

/// What was printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Output(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    /// How many bytes in between were dropped.
    dropped: usize,
}

impl Output {
    /// Reads to the end. Others may look meanwhile.
    pub(super) fn read(&self, mut from: impl Read) {
        let mut piece = vec![0; 64 * 1024];
        while let Ok(read) = from.read(&mut piece) {
            if read == 0 {
                break;
            }
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(&piece[..read]);
        }
    }

    /// What was kept, with a note of what was not.
    pub(super) fn text(&self) -> String {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from_utf8_lossy(&kept.head).into_owned();
        if kept.dropped > 0 {
            text.extend(["\n... ", &kept.dropped.to_string(), " more bytes ...\n"]);
        }
        text.push_str(&String::from_utf8_lossy(kept.tail.make_contiguous()));
        text
    }
}

impl Kept {
    fn push(&mut self, bytes: &[u8]) {
        let room = TEST_OUTPUT_BYTES_KEPT.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        self.tail.extend(&bytes[room..]);
        let excess = self.tail.len().saturating_sub(TEST_OUTPUT_BYTES_KEPT);
        self.tail.drain(..excess);
        self.dropped += excess;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_the_end_are_kept() {
        let output = Output::default();
        let long = vec![b'x'; TEST_OUTPUT_BYTES_KEPT * 3];
        output.read([b"begin", &long[..], b"end"].concat().as_slice());
        let text = output.text();
        assert!(text.starts_with("begin") && text.ends_with("end"));
        assert!(text.contains(&format!("... {} more bytes ...", TEST_OUTPUT_BYTES_KEPT + 8)));
    }

    #[test]
    fn what_is_short_is_kept_as_it_is() {
        let output = Output::default();
        output.read(&b"hello\n"[..]);
        assert_eq!(output.text(), "hello\n");
    }
}
