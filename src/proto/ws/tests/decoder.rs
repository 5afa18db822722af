use super::super::decoder::{DecoderConfig, FrameDecoder, WholeFrame};
use super::super::error::PeerError;
use super::super::testing::frame;
use super::Role;

const CONFIG: DecoderConfig = DecoderConfig { max_payload: 1000, masked: None, rsv1: false };

/// The frames in a stream that comes in pieces, and how it ends.
fn decode<'a>(
    config: DecoderConfig,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<WholeFrame>, Result<(), PeerError>) {
    let mut decoder = FrameDecoder::new(config);
    let mut frames = Vec::new();
    for piece in pieces {
        let mut pos = 0;
        loop {
            match decoder.receive(piece, &mut pos) {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(decoder.receive(b"more", &mut 0), Err(error));
                    return (frames, Err(error));
                }
            }
        }
        assert_eq!(pos, piece.len());
    }
    (frames, Ok(()))
}

#[test]
fn frames_come_out_whole_wherever_the_bytes_are_cut() {
    for role in [Role::Client, Role::Server] {
        let mut stream = Vec::new();
        for (first, payload) in [
            (0x01, &b"be"[..]),
            (0x89, b"ping"),
            (0x00, b""),
            (0x80, b"gun"),
            (0x82, &[7; 300]),
            (0x88, &[3, 232]),
        ] {
            stream.extend(frame(role, first, payload));
        }
        let (whole, end) = decode(CONFIG, [&*stream]);
        assert_eq!((whole.len(), end), (6, Ok(())));
        assert_eq!(whole[1].payload, b"ping");
        assert_eq!(whole[4].payload, [7; 300]);
        assert!(whole.iter().all(|frame| frame.header.key.is_some() == (role == Role::Client)));
        assert_eq!(decode(CONFIG, stream.chunks(1)).0, whole);
        for cut in 1..stream.len() {
            assert_eq!(decode(CONFIG, [&stream[..cut], &stream[cut..]]).0, whole, "cut at {cut}");
        }
    }
}

#[test]
fn what_is_wrong_is_found_before_its_payload_comes() {
    let masked = |masked| DecoderConfig { masked: Some(masked), ..CONFIG };
    let large = [0x82, 126, 3, 233];
    for (config, bytes, fault) in [
        (masked(true), &[0x81, 0][..], PeerError::NotMasked),
        (masked(false), &[0x81, 0x80, 1, 2, 3, 4], PeerError::Masked),
        (CONFIG, &[0xC1, 0], PeerError::ReservedBits { bits: 0b100 }),
        (DecoderConfig { rsv1: true, ..CONFIG }, &[0xC9, 0], PeerError::ReservedBits { bits: 4 }),
        (CONFIG, &[0x80, 0], PeerError::UnexpectedContinuation),
        (CONFIG, &[0x01, 0, 0x02, 0], PeerError::ExpectedContinuation { fragments: 1 }),
        (CONFIG, &large, PeerError::MessageTooLarge { size: 1001, limit: 1000 }),
        (CONFIG, &[0x83], PeerError::ReservedOpcode { opcode: 3 }),
    ] {
        assert_eq!(decode(config, [bytes]).1, Err(fault), "{bytes:?}");
    }
    let compressed = DecoderConfig { rsv1: true, ..CONFIG };
    assert!(decode(compressed, [&[0xC1, 0][..]]).0[0].header.rsv1);
}

#[test]
fn an_announced_length_takes_no_memory() {
    let mut decoder = FrameDecoder::new(DecoderConfig { max_payload: usize::MAX, ..CONFIG });
    let mut header = vec![0x82, 127];
    header.extend((1_u64 << 40).to_be_bytes());
    // That it does not abort is what is tested.
    assert_eq!(decoder.receive(&header, &mut 0), Ok(None));
    assert_eq!(decoder.receive(&[0; 1000], &mut 0), Ok(None));
}
