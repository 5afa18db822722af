//! Whole messages through deflate, RFC 7692 section 7.2.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

/// What a flush leaves behind a message: cut off by who sends, put back by who receives.
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];
/// A message that inflates to more than any mode sends is wrong, and stops here.
const INFLATED_MAX: usize = 1 << 20;

/// Compresses what is sent and inflates what is received.
#[derive(Debug)]
pub(crate) struct Codec {
    takeover: bool,
    compress: Compress,
    decompress: Decompress,
    deflated: Vec<u8>,
}

impl Codec {
    pub(crate) fn new(takeover: bool) -> Self {
        Self {
            takeover,
            compress: Compress::new(Compression::fast(), false),
            decompress: Decompress::new(false),
            deflated: Vec::new(),
        }
    }

    /// The compressed form of a message, which lasts until the next.
    pub(crate) fn deflate(&mut self, message: &[u8]) -> &[u8] {
        let Self { compress, deflated, .. } = self;
        deflated.clear();
        if !self.takeover {
            compress.reset();
        }
        let start = compress.total_in();
        loop {
            deflated.reserve(message.len() / 2 + 64);
            let done = usize::try_from(compress.total_in() - start).unwrap_or(0);
            // Compression into memory has no error but wrong use.
            let _: Result<_, _> =
                compress.compress_vec(&message[done..], deflated, FlushCompress::Sync);
            if deflated.len() < deflated.capacity() {
                break;
            }
        }
        deflated.truncate(deflated.len() - TAIL.len());
        deflated
    }

    /// Inflates a message into `out`, whose content it replaces.
    pub(crate) fn inflate(&mut self, payload: &[u8], out: &mut Vec<u8>) -> Result<(), String> {
        let decompress = &mut self.decompress;
        out.clear();
        if !self.takeover {
            decompress.reset(false);
        }
        for mut part in [payload, &TAIL] {
            loop {
                out.reserve(4096);
                let before = decompress.total_in();
                decompress
                    .decompress_vec(part, out, FlushDecompress::Sync)
                    .map_err(|error| format!("the compressed message is broken: {error}"))?;
                let used = usize::try_from(decompress.total_in() - before).unwrap_or(0);
                part = &part[used..];
                if out.len() > INFLATED_MAX {
                    return Err("the message inflates without end".into());
                }
                if out.len() < out.capacity() {
                    break;
                }
            }
            if !part.is_empty() {
                return Err("the compressed message ends before its frame".into());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hello_of_rfc_7692_section_7_2_3_1() {
        let mut out = Vec::new();
        let hello = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
        Codec::new(false).inflate(&hello, &mut out).unwrap();
        assert_eq!(out, b"Hello");
    }

    #[test]
    fn messages_come_back_with_and_without_a_context() {
        for takeover in [false, true] {
            let (mut ours, mut theirs) = (Codec::new(takeover), Codec::new(takeover));
            let (mut out, mut lengths) = (Vec::new(), Vec::new());
            for length in [0, 1, 30, 1024, 1024, 70_000] {
                let message: Vec<u8> = (0..length)
                    .map(|i: u32| b'a' + (i.wrapping_mul(i) % 23).to_le_bytes()[0])
                    .collect();
                let deflated = ours.deflate(&message).to_vec();
                theirs.inflate(&deflated, &mut out).unwrap();
                assert_eq!(out, message);
                lengths.push(deflated.len());
            }
            // The second of two equal messages is a reference to the first.
            assert_eq!(lengths[4] < lengths[3], takeover, "{lengths:?}");
        }
    }

    #[test]
    fn nonsense_and_bombs_are_refused() {
        let mut out = Vec::new();
        assert!(Codec::new(false).inflate(&[0xFF; 9], &mut out).is_err());
        let bomb = Codec::new(false).deflate(&vec![0; 4 << 20]).to_vec();
        assert!(Codec::new(false).inflate(&bomb, &mut out).is_err());
    }
}
