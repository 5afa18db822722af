//! The frame header (RFC 6455 5.2), both ways.

use super::error::PeerError;
use super::mask;
use super::opcode::{MessageKind, Opcode};

/// Longest header: two bytes, eight of length, four of masking key.
pub const HEADER_MAX: usize = 14;
/// Largest payload of a control frame (RFC 6455 5.5).
pub const CONTROL_MAX: usize = 125;

pub(super) const FIN: u8 = 0x80;
pub(super) const RSV1: u8 = 0x40;
const RSV: u8 = 0x70;
const MASK: u8 = 0x80;
/// In place of a length: two bytes of length follow.
const LENGTH_16: u8 = 0x7E;
/// In place of a length: eight bytes of length follow.
const LENGTH_64: u8 = 0x7F;

/// A frame header that obeys every rule which needs nothing but the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Whether this frame ends its message.
    pub fin: bool,
    /// The bit that permessage-deflate gives a meaning (RFC 7692 6).
    pub rsv1: bool,
    /// What the frame carries.
    pub opcode: Opcode,
    /// The masking key, if the payload is masked.
    pub key: Option<[u8; 4]>,
    /// Bytes of payload.
    pub length: u64,
}

impl Header {
    /// The first byte that it has on the wire: fin, reserved bits and opcode.
    pub const fn first_byte(&self) -> u8 {
        let fin = if self.fin { FIN } else { 0 };
        fin | if self.rsv1 { RSV1 } else { 0 } | self.opcode as u8
    }

    /// Reads the header at the start of `bytes`: it and its size, or `None` if it goes on beyond
    /// them. A fault is reported as soon as the bytes that prove it are there.
    #[inline]
    pub fn decode(bytes: &[u8]) -> Result<Option<(Self, usize)>, PeerError> {
        let Some(&first) = bytes.first() else { return Ok(None) };
        let opcode = check_first(first)?;
        let Some(&second) = bytes.get(1) else { return Ok(None) };
        let short = second & !MASK;
        if opcode.is_control() && usize::from(short) > CONTROL_MAX {
            // RFC 6455 5.5: "All control frames MUST have a payload length of 125 bytes or less".
            return Err(PeerError::ControlTooLong { opcode: opcode as u8 });
        }
        let Some((length, mut size)) = decode_length(short, &bytes[2..])? else { return Ok(None) };
        let mut key = None;
        if second & MASK != 0 {
            let Some(bytes) = bytes[size..].first_chunk::<4>() else { return Ok(None) };
            key = Some(*bytes);
            size += 4;
        }
        Ok(Some((
            Self { fin: first & FIN != 0, rsv1: first & RSV1 != 0, opcode, key, length },
            size,
        )))
    }
}

/// The rules that the first byte alone can break.
fn check_first(first: u8) -> Result<Opcode, PeerError> {
    let Some(opcode) = Opcode::from_bits(first) else {
        // RFC 6455 5.2: "If an unknown opcode is received, the receiving endpoint MUST _Fail the
        // WebSocket Connection_."
        return Err(PeerError::ReservedOpcode { opcode: first & 0x0F });
    };
    if first & RSV & !RSV1 != 0 {
        // RFC 6455 5.2: rsv2 and rsv3 have a meaning in no extension known here.
        return Err(PeerError::ReservedBits { bits: (first & RSV) >> 4 });
    }
    if opcode.is_control() && first & FIN == 0 {
        // RFC 6455 5.5: control frames "MUST NOT be fragmented".
        return Err(PeerError::ControlFragmented { opcode: opcode as u8 });
    }
    Ok(opcode)
}

/// The payload length, and the size of the header up to its end; `rest` starts after the second
/// byte.
fn decode_length(short: u8, rest: &[u8]) -> Result<Option<(u64, usize)>, PeerError> {
    let (length, size, least) = match short {
        LENGTH_16 => {
            let Some(&bytes) = rest.first_chunk::<2>() else { return Ok(None) };
            (u64::from(u16::from_be_bytes(bytes)), 4, 126)
        }
        LENGTH_64 => {
            let Some(&bytes) = rest.first_chunk::<8>() else { return Ok(None) };
            (u64::from_be_bytes(bytes), 10, 0x1_0000)
        }
        short => return Ok(Some((u64::from(short), 2))),
    };
    // RFC 6455 5.2: "in all cases, the minimal number of bytes MUST be used", and the highest of 64
    // bits is 0.
    if length < least {
        return Err(PeerError::LengthNotMinimal { length });
    }
    if length >> 63 != 0 {
        return Err(PeerError::LengthTooLarge { length });
    }
    Ok(Some((length, size)))
}

/// Appends a frame header. `first` is the whole first byte: fin, reserved bits and opcode.
#[inline]
pub(super) fn encode_header(first: u8, length: usize, key: Option<[u8; 4]>, out: &mut Vec<u8>) {
    let mask = if key.is_some() { MASK } else { 0 };
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => out.extend_from_slice(&[first, mask | short]),
        (_, Ok(length)) => {
            let [a, b] = length.to_be_bytes();
            out.extend_from_slice(&[first, mask | LENGTH_16, a, b]);
        }
        _ => {
            out.extend_from_slice(&[first, mask | LENGTH_64]);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    if let Some(key) = key {
        out.extend_from_slice(&key);
    }
}

/// Appends one whole message as a server sends it, unmasked and uncompressed: for fan-out, where
/// one encoding serves every connection. The bytes of a text are UTF-8. Send it only where
/// [`super::Connection::state`] is open.
#[inline]
pub fn encode_frame(kind: MessageKind, data: &[u8], out: &mut Vec<u8>) {
    out.reserve(HEADER_MAX + data.len());
    encode_header(FIN | Opcode::from(kind) as u8, data.len(), None, out);
    out.extend_from_slice(data);
}

/// Appends one frame, whatever its first byte is, and masks its payload if there is a key: for tests
/// of other programs, which may have to send what is wrong.
pub fn encode_any(first: u8, payload: &[u8], key: Option<[u8; 4]>, out: &mut Vec<u8>) {
    out.reserve(HEADER_MAX + payload.len());
    encode_header(first, payload.len(), key, out);
    let start = out.len();
    out.extend_from_slice(payload);
    if let Some(key) = key {
        mask::apply(&mut out[start..], key, 0);
    }
}

/// The start of a header that was cut by the end of the input.
#[derive(Debug, Default)]
pub(super) struct PartialHeader {
    bytes: [u8; HEADER_MAX],
    len: u8,
}

impl PartialHeader {
    /// Reads a header from `input[*pos..]`, after the part of it that came before, and advances
    /// `*pos`.
    #[inline]
    pub(super) fn read(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<Header>, PeerError> {
        let rest = &input[*pos..];
        if self.len == 0
            && let Some((header, size)) = Header::decode(rest)?
        {
            *pos += size;
            return Ok(Some(header));
        }
        self.complete(rest, pos)
    }

    /// As [`read`](Self::read), where this input or the one before has only part of the header.
    #[cold]
    fn complete(&mut self, rest: &[u8], pos: &mut usize) -> Result<Option<Header>, PeerError> {
        let before = usize::from(self.len);
        let added = rest.len().min(HEADER_MAX - before);
        self.bytes[before..before + added].copy_from_slice(&rest[..added]);
        if let Some((header, size)) = Header::decode(&self.bytes[..before + added])? {
            self.len = 0;
            *pos += size - before;
            return Ok(Some(header));
        }
        // At most `HEADER_MAX`, which is 14.
        self.len = u8::try_from(before + added).unwrap_or(u8::MAX);
        *pos += added;
        Ok(None)
    }
}
