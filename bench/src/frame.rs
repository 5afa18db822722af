//! WebSocket frames as a client sees them (RFC 6455 section 5): what it sends is masked, what it
//! receives is not. Of extensions only the bit that marks a compressed message (RFC 7692 section 6);
//! no sockets.

/// Opcodes of RFC 6455 section 11.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Opcode {
    const fn bits(self) -> u8 {
        match self {
            Self::Continuation => 0x0,
            Self::Text => 0x1,
            Self::Binary => 0x2,
            Self::Close => 0x8,
            Self::Ping => 0x9,
            Self::Pong => 0xA,
        }
    }

    const fn from_bits(bits: u8) -> Option<Self> {
        Some(match bits {
            0x0 => Self::Continuation,
            0x1 => Self::Text,
            0x2 => Self::Binary,
            0x8 => Self::Close,
            0x9 => Self::Ping,
            0xA => Self::Pong,
            _ => return None,
        })
    }
}

/// One whole frame at the front of the received bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame<'a> {
    pub(crate) fin: bool,
    pub(crate) opcode: Opcode,
    /// RSV1: the payload is, or begins, a compressed message.
    pub(crate) compressed: bool,
    pub(crate) payload: &'a [u8],
    /// Header and payload together, in bytes.
    pub(crate) length: usize,
}

/// Larger messages than any mode sends are a sign of a lost frame boundary.
const PAYLOAD_MAX: usize = 64 << 20;

/// RFC 6455 5.2: lengths that say that the length itself follows, in 16 or 64 bits.
const LENGTH_16: u8 = 126;
const LENGTH_64: u8 = 127;

const FIN: u8 = 0x80;
const RSV1: u8 = 0x40;

/// Appends one final frame, masked with `mask`.
pub(crate) fn encode(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8], mask: [u8; 4]) {
    append(out, FIN | opcode.bits(), payload, mask);
}

/// The same for a payload that is a whole compressed message.
pub(crate) fn encode_compressed(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8], mask: [u8; 4]) {
    append(out, FIN | RSV1 | opcode.bits(), payload, mask);
}

fn append(out: &mut Vec<u8>, first: u8, payload: &[u8], mask: [u8; 4]) {
    const MASKED: u8 = 0x80;
    out.push(first);
    // RFC 6455 5.2: the shortest of the three length forms.
    match payload.len() {
        short @ 0..=125 => out.push(MASKED | short.to_le_bytes()[0]),
        length => {
            if let Ok(length) = u16::try_from(length) {
                out.push(MASKED | LENGTH_16);
                out.extend_from_slice(&length.to_be_bytes());
            } else {
                out.push(MASKED | LENGTH_64);
                out.extend_from_slice(&(length as u64).to_be_bytes());
            }
        }
    }
    out.extend_from_slice(&mask);
    let start = out.len();
    out.extend_from_slice(payload);
    apply_mask(&mut out[start..], mask);
}

/// RFC 6455 5.3: octet i of the payload is combined by XOR with octet i mod 4 of the masking key.
fn apply_mask(payload: &mut [u8], mask: [u8; 4]) {
    let [a, b, c, d] = mask;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let (words, rest) = payload.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= key;
    }
}

/// The frame at the front of `bytes`, `None` while it is incomplete. `compression` has been
/// negotiated or not.
pub(crate) fn decode(bytes: &[u8], compression: bool) -> Result<Option<Frame<'_>>, &'static str> {
    let &[first, second, ref rest @ ..] = bytes else { return Ok(None) };
    let compressed = first & RSV1 != 0;
    if first & 0x30 != 0 || compressed && !compression {
        return Err("a reserved bit is set, and no extension was negotiated");
    }
    let opcode = Opcode::from_bits(first & 0x0F).ok_or("unknown opcode")?;
    if compressed && !matches!(opcode, Opcode::Text | Opcode::Binary) {
        // RFC 7692 6.1: the bit stands on the first frame of a message and nowhere else.
        return Err("a frame is marked as compressed that cannot be");
    }
    let fin = first & FIN != 0;
    if second & 0x80 != 0 {
        // RFC 6455 5.1: a server must not mask.
        return Err("the server masked a frame");
    }
    let (extra, length) = match second {
        LENGTH_16 => {
            let Some(&wide) = rest.first_chunk::<2>() else { return Ok(None) };
            (2, u64::from(u16::from_be_bytes(wide)))
        }
        LENGTH_64 => {
            let Some(&wide) = rest.first_chunk::<8>() else { return Ok(None) };
            (8, u64::from_be_bytes(wide))
        }
        short => (0, u64::from(short)),
    };
    let shortest = match extra {
        0 => 0,
        2 => 126,
        _ => 65_536,
    };
    if length < shortest {
        return Err("the length is not in its shortest form");
    }
    if is_control(opcode) && (!fin || length > 125) {
        return Err("a control frame is fragmented or longer than 125 bytes");
    }
    let length = usize::try_from(length).ok().filter(|&length| length <= PAYLOAD_MAX);
    let length = length.ok_or("the frame is absurdly long")?;
    Ok(rest[extra..].get(..length).map(|payload| Frame {
        fin,
        opcode,
        compressed,
        payload,
        length: 2 + extra + length,
    }))
}

const fn is_control(opcode: Opcode) -> bool {
    opcode.bits() & 0x8 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_frame(payload: &[u8]) -> Vec<u8> {
        let mut masked = Vec::new();
        encode(&mut masked, Opcode::Binary, payload, [0; 4]);
        let header = masked.len() - payload.len() - 4;
        let mut plain = masked[..header].to_vec();
        plain[1] &= 0x7F;
        plain.extend_from_slice(payload);
        plain
    }

    #[test]
    fn the_masked_hello_of_rfc_6455_section_5_7() {
        let mut out = Vec::new();
        encode(&mut out, Opcode::Text, b"Hello", [0x37, 0xFA, 0x21, 0x3D]);
        assert_eq!(out, [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]);
    }

    #[test]
    fn the_unmasked_hello_of_rfc_6455_section_5_7() {
        let bytes = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0xFF];
        let frame = decode(&bytes, false).unwrap().unwrap();
        assert_eq!(frame.payload, b"Hello");
        assert_eq!((frame.fin, frame.opcode, frame.length), (true, Opcode::Text, 7));
    }

    #[test]
    fn a_compressed_frame_needs_the_extension_and_a_first_data_frame() {
        let mut out = Vec::new();
        encode_compressed(&mut out, Opcode::Text, b"", [0; 4]);
        assert_eq!(out, [0xC1, 0x80, 0, 0, 0, 0]);
        let frame = decode(&[0xC1, 0x00], true).unwrap().unwrap();
        assert!(frame.compressed && frame.fin);
        for first in [0xC0, 0xC8, 0xC9, 0xA1, 0x91] {
            assert!(decode(&[first, 0x00], true).is_err(), "{first:x}");
        }
    }

    #[test]
    fn every_length_form_survives_and_no_prefix_is_taken_for_a_frame() {
        for length in [0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 65_537] {
            let payload: Vec<u8> = (0..length).map(|i: usize| i.to_le_bytes()[0]).collect();
            let bytes = server_frame(&payload);
            let frame = decode(&bytes, false).unwrap().unwrap();
            assert_eq!(frame.payload, payload);
            assert_eq!(frame.length, bytes.len());
            for cut in (0..bytes.len().min(20)).chain([bytes.len() - 1]) {
                assert_eq!(decode(&bytes[..cut], true), Ok(None), "cut at {cut} of {length}");
            }
        }
    }

    #[test]
    fn masking_is_byte_by_byte_whatever_the_length() {
        let mask = [1, 2, 4, 8];
        for length in 0..40 {
            let mut payload = vec![0; length];
            apply_mask(&mut payload, mask);
            assert!(payload.iter().enumerate().all(|(i, &byte)| byte == mask[i % 4]));
        }
    }

    #[test]
    fn a_server_that_breaks_the_protocol_is_refused() {
        for bytes in [
            &[0xC1, 0x00][..],
            &[0x83, 0x00],
            &[0x81, 0x85, 0, 0, 0, 0, 1, 2, 3, 4, 5],
            &[0x81, 126, 0, 5, 1, 2, 3, 4, 5],
            &[0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
            &[0x81, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0],
            &[0x09, 0x00],
            &[0x89, 126, 0, 126],
        ] {
            assert!(decode(bytes, false).is_err(), "{bytes:?}");
        }
    }
}
