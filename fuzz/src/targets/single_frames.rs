//! Frames one by one, as `krandog:frame` decodes them: a stream cut in pieces must come to the same
//! frames, and as far as it goes to those of a plain reading of RFC 6455 5.2.

use super::frames::{self, Next};
use super::plan::Plan;
use super::proto::ws::decoder::{DecoderConfig, FrameDecoder, WholeFrame};
use super::proto::ws::{PeerError, Role};

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let masked = [None, Some(true), Some(false), None][usize::from(plan.flags & 3)];
    let max_payload = if plan.flag(2) { 200 } else { 70_000 };
    let config = DecoderConfig { max_payload, masked, rsv1: plan.flag(3) };
    let whole = decode(config, [stream]);
    assert_eq!(decode(config, plan.pieces(stream)), whole, "cut differently");
    check(config, &whole.0);
    if let Some(masked) = masked {
        compare(masked, &whole, stream);
    }
}

type Outcome = (Vec<WholeFrame>, Option<PeerError>);

fn decode<'a>(config: DecoderConfig, pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut decoder = FrameDecoder::new(config);
    let mut decoded = Vec::new();
    for piece in pieces {
        let mut pos = 0;
        loop {
            match decoder.receive(piece, &mut pos) {
                Ok(Some(frame)) => decoded.push(frame),
                Ok(None) => break assert_eq!(pos, piece.len(), "some is left"),
                Err(fault) => {
                    let mut again = 0;
                    assert_eq!(decoder.receive(b"\x81\0", &mut again), Err(fault), "it goes on");
                    return (decoded, Some(fault));
                }
            }
        }
    }
    (decoded, None)
}

/// What holds for all frames that come out.
fn check(config: DecoderConfig, decoded: &[WholeFrame]) {
    let mut begun = false;
    for WholeFrame { header, payload } in decoded {
        assert_eq!(header.length, payload.len() as u64, "not as long as announced");
        assert!(payload.len() <= config.max_payload, "beyond the limit");
        assert!(config.masked.is_none_or(|masked| masked == header.key.is_some()), "masks");
        assert!(config.rsv1 || !header.rsv1, "a reserved bit");
        if header.opcode.is_control() {
            assert!(header.fin && payload.len() <= 125, "a control frame");
        } else {
            assert_eq!(begun, header.opcode as u8 == 0, "fragments");
            begun = !header.fin;
        }
    }
}

/// Against the plain reading: the same frames, and nothing left out before a fault.
fn compare(masked: bool, (decoded, fault): &Outcome, mut stream: &[u8]) {
    let from = if masked { Role::Client } else { Role::Server };
    for frame in decoded {
        let Next::Frame { frame: plain, whole: true, rest } = frames::next(stream, from) else {
            panic!("the plain reading finds no frame where {frame:?} was found");
        };
        assert_eq!((frame.header.fin, frame.header.rsv1), (plain.fin, plain.rsv1));
        assert_eq!((frame.header.opcode as u8, &frame.payload), (plain.opcode, &plain.payload));
        stream = rest;
    }
    if fault.is_none() {
        let more = matches!(frames::next(stream, from), Next::Frame { whole: true, .. });
        assert!(!more, "the plain reading finds one frame more");
    }
}
