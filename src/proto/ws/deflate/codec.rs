//! Compression and inflation of messages (RFC 7692 7.2).

use flate2::{Compress, Decompress, FlushCompress, FlushDecompress, Status};

use super::config::Params;
use super::pool::{self, Reserved};
use crate::limits::{INFLATE_RATIO_STEP, PACKED_STEP};
use crate::proto::ws::error::PeerError;
use crate::proto::ws::frame::{FIN, HEADER_MAX, RSV1, encode_header};
use crate::proto::ws::message::Assembly;
use crate::proto::ws::opcode::{MessageKind, Opcode};

/// What a sync flush ends with, left out on the wire (RFC 7692 7.2.1, 7.2.2).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The smallest window the compressor has. `zlib` cannot write raw deflate with 8 bits.
const COMPRESS_BITS_MIN: u8 = 9;

/// Compressed bytes that a message of `max_payload` bytes can reasonably need. They are never
/// kept, so this bounds work, not memory.
pub(in crate::proto::ws) const fn inflatable(max_payload: usize) -> usize {
    max_payload.saturating_mul(2).saturating_add(1024)
}

/// The compression of one connection, both ways. Everything is boxed that an idle connection
/// without context takeover does not have.
#[derive(Debug)]
pub(in crate::proto::ws) struct Codec {
    params: Params,
    /// The context of messages sent, once there is one.
    compressor: Option<Box<(Compress, Reserved)>>,
    /// The context of messages received; without context takeover, that of the message under way.
    inflater: Option<Box<Decompress>>,
    /// Counts the decompressor that context takeover may force this end to keep.
    _reserved: Option<Reserved>,
    inflating: Option<Box<Inflating>>,
}

/// The compressed message under way.
#[derive(Debug, Default)]
struct Inflating {
    taken: usize,
    produced: usize,
    /// RFC 7692 7.2.3.4: a block was marked as the last one.
    stream_ended: bool,
}

/// How a message goes out.
pub(in crate::proto::ws) enum Packed<'a> {
    /// Compressed, without the tail.
    Deflated(&'a [u8]),
    /// As it was given.
    Plain,
}

impl Codec {
    pub(in crate::proto::ws) fn new(params: Params) -> Self {
        let reserved = params.inflate_takeover.then(|| Reserved::new(pool::INFLATER_BYTES));
        Self { params, compressor: None, inflater: None, _reserved: reserved, inflating: None }
    }

    /// Whether a message of `len` bytes is worth compressing, and can be.
    #[inline]
    pub(in crate::proto::ws) fn wants(&self, len: usize) -> bool {
        wants(&self.params, len)
    }

    /// Whether what it compresses refers to no other message, so that it may serve others too.
    #[inline]
    pub(in crate::proto::ws) fn shares(&self) -> bool {
        !self.params.compress_takeover
    }

    /// What was agreed on.
    #[inline]
    pub(in crate::proto::ws) fn params(&self) -> &Params {
        &self.params
    }

    /// Compresses a message and hands it on.
    pub(in crate::proto::ws) fn pack<T>(
        &mut self,
        data: &[u8],
        work: impl FnOnce(Packed<'_>) -> T,
    ) -> T {
        let Params { compress_bits: bits, level, memory_limit, .. } = self.params;
        let bytes = pool::compressor_bytes(bits);
        if self.params.compress_takeover
            && self.compressor.is_none()
            && pool::has_room(bytes, memory_limit)
        {
            let context = (pool::new_compressor(bits, level), Reserved::new(bytes));
            self.compressor = Some(Box::new(context));
        }
        // A context, once begun, takes every message: the peer's window holds them all.
        let Some((compressor, _)) = self.compressor.as_deref_mut() else {
            return pack_alone(&self.params, data, work);
        };
        pool::with_packed(|packed| {
            if deflate(compressor, data, packed) {
                return work(Packed::Deflated(packed));
            }
            // A new context refers to nothing the peer might not have.
            compressor.reset();
            work(Packed::Plain)
        })
    }

    /// A message begins whose first frame has rsv1 set.
    pub(in crate::proto::ws) fn begin(&mut self) {
        self.inflating = Some(Box::default());
    }

    /// Whether the message under way is compressed.
    #[inline]
    pub(in crate::proto::ws) fn is_inflating(&self) -> bool {
        self.inflating.is_some()
    }

    /// Inflates unmasked payload into `message`; `last` when it ends the message.
    pub(in crate::proto::ws) fn inflate(
        &mut self,
        payload: &[u8],
        last: bool,
        max_payload: usize,
        message: &mut Assembly,
    ) -> Result<(), PeerError> {
        let Some(state) = &mut self.inflating else { return Ok(()) };
        let takeover = self.params.inflate_takeover;
        let inflater = self.inflater.get_or_insert_with(|| {
            Box::new(if takeover { pool::new_inflater() } else { pool::take_inflater() })
        });
        let limits = (max_payload, self.params.max_ratio);
        inflate_piecewise(inflater, state, payload, limits, message)?;
        if !last {
            return Ok(());
        }
        if state.taken > 0 {
            // RFC 7692 7.2.2: the receiver puts the tail back.
            inflate_piecewise(inflater, state, &TAIL, limits, message)?;
        }
        let stream_ended = state.stream_ended;
        self.inflating = None;
        if stream_ended {
            inflater.reset(false);
        }
        if !takeover && let Some(inflater) = self.inflater.take() {
            pool::give_inflater(*inflater);
        }
        Ok(())
    }
}

fn inflate_piecewise(
    inflater: &mut Decompress,
    state: &mut Inflating,
    mut input: &[u8],
    (max_payload, max_ratio): (usize, usize),
    message: &mut Assembly,
) -> Result<(), PeerError> {
    pool::with_piece(|piece| {
        loop {
            // Each piece ends where a limit is looked at, however the input is cut.
            let to_ratio = INFLATE_RATIO_STEP - state.produced % INFLATE_RATIO_STEP;
            let to_limit = (max_payload - state.produced).saturating_add(1);
            let room = piece.len().min(to_ratio).min(to_limit);
            let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
            let status = inflater.decompress(input, &mut piece[..room], FlushDecompress::Sync);
            let taken = delta(inflater.total_in(), before_in);
            let produced = delta(inflater.total_out(), before_out);
            input = &input[taken..];
            state.taken += taken;
            state.produced += produced;
            message.append(&piece[..produced], 0)?;
            if state.produced > max_payload {
                return Err(PeerError::InflatedTooLarge { limit: max_payload });
            }
            if produced > 0
                && state.produced.is_multiple_of(INFLATE_RATIO_STEP)
                && state.produced / max_ratio.max(1) > state.taken
            {
                return Err(PeerError::InflateRatio { limit: max_ratio });
            }
            match status {
                Err(_) => return Err(PeerError::InflateData),
                Ok(Status::StreamEnd) => {
                    // RFC 7692 7.2.3.4: more blocks may follow the last one.
                    state.stream_ended = true;
                    inflater.reset(false);
                }
                Ok(_) if produced < room && (input.is_empty() || taken == 0) => return Ok(()),
                Ok(_) => {}
            }
        }
    })
}

/// The difference of two counts, of at most one buffer.
fn delta(after: u64, before: u64) -> usize {
    usize::try_from(after - before).unwrap_or(usize::MAX)
}

fn wants(params: &Params, len: usize) -> bool {
    // An empty message has nothing to compress.
    len >= params.threshold.max(1) && params.compress_bits >= COMPRESS_BITS_MIN
}

/// Compresses a message that refers to no other, if that makes it smaller.
fn pack_alone<T>(params: &Params, data: &[u8], work: impl FnOnce(Packed<'_>) -> T) -> T {
    pool::with_packed(|packed| {
        let deflated = pool::with_compressor(params.compress_bits, params.level, |compressor| {
            deflate(compressor, data, packed)
        });
        // RFC 7692 6: compression is chosen for each message.
        let smaller = deflated && packed.len() < data.len();
        work(if smaller { Packed::Deflated(packed) } else { Packed::Plain })
    })
}

/// Appends `data` compressed, without the tail; false when the compressor is out of order.
fn deflate(compressor: &mut Compress, data: &[u8], packed: &mut Vec<u8>) -> bool {
    let start = compressor.total_in();
    loop {
        packed.reserve(PACKED_STEP);
        let rest = &data[delta(compressor.total_in(), start)..];
        // RFC 7692 7.2.1: all blocks end with an empty one that is not compressed.
        if compressor.compress_vec(rest, packed, FlushCompress::Sync).is_err() {
            return false;
        }
        // With room left over, all is written.
        if packed.len() < packed.capacity() {
            break;
        }
    }
    let whole = packed.ends_with(&TAIL);
    packed.truncate(packed.len().saturating_sub(TAIL.len()));
    whole
}

/// Appends the frame of a compressed message that refers to no other, for all that agreed on this
/// window; false, and nothing is appended, when compressing makes it no smaller.
pub(in crate::proto::ws) fn encode_deflated(
    params: &Params,
    kind: MessageKind,
    data: &[u8],
    out: &mut Vec<u8>,
) -> bool {
    if params.compress_bits < COMPRESS_BITS_MIN {
        return false;
    }
    pack_alone(params, data, |packed| match packed {
        Packed::Plain => false,
        Packed::Deflated(packed) => {
            out.reserve(HEADER_MAX + packed.len());
            encode_header(FIN | RSV1 | Opcode::from(kind) as u8, packed.len(), None, out);
            out.extend_from_slice(packed);
            true
        }
    })
}
