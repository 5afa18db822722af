use crate::proto::ws::error::PeerError;
use crate::proto::ws::frame::*;
use crate::proto::ws::opcode::{MessageKind, Opcode};

fn decode(bytes: &[u8]) -> Result<Option<(Header, usize)>, PeerError> {
    Header::decode(bytes)
}

#[test]
fn the_examples_of_rfc_6455_5_7() {
    // A single-frame unmasked text message, and a masked one.
    let header = Header { fin: true, rsv1: false, opcode: Opcode::Text, key: None, length: 5 };
    assert_eq!(decode(b"\x81\x05Hello"), Ok(Some((header, 2))));
    let masked = Header { key: Some([0x37, 0xFA, 0x21, 0x3D]), ..header };
    assert_eq!(decode(b"\x81\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58"), Ok(Some((masked, 6))));
    // 256 bytes and 64 KiB of binary data.
    let binary = Header { opcode: Opcode::Binary, length: 256, ..header };
    assert_eq!(decode(b"\x82\x7E\x01\x00"), Ok(Some((binary, 4))));
    let large = Header { length: 65536, ..binary };
    assert_eq!(decode(b"\x82\x7F\0\0\0\0\0\x01\0\0"), Ok(Some((large, 10))));
}

#[test]
fn every_length_comes_back_and_takes_the_fewest_bytes() {
    let lengths = [0, 1, 125, 126, 127, 255, 256, 65535, 65536, 1 << 20, 1 << 40, (1 << 63) - 1];
    for (length, size) in lengths.into_iter().zip([2, 2, 2, 4, 4, 4, 4, 4, 10, 10, 10, 10]) {
        for key in [None, Some([1, 2, 3, 4])] {
            let mut bytes = Vec::new();
            encode_header(FIN | Opcode::Binary as u8, length, key, &mut bytes);
            let size = size + key.map_or(0, |_| 4);
            assert_eq!(bytes.len(), size);
            let header = Header {
                fin: true,
                rsv1: false,
                opcode: Opcode::Binary,
                key,
                length: length as u64,
            };
            assert_eq!(decode(&bytes), Ok(Some((header, size))));
            for cut in 0..bytes.len() {
                assert_eq!(decode(&bytes[..cut]), Ok(None), "{length} cut at {cut}");
            }
        }
    }
}

#[test]
fn a_length_not_in_its_shortest_form_is_refused() {
    assert_eq!(decode(b"\x82\x7E\x00\x7D"), Err(PeerError::LengthNotMinimal { length: 125 }));
    assert_eq!(
        decode(b"\x82\x7F\0\0\0\0\0\0\xFF\xFF"),
        Err(PeerError::LengthNotMinimal { length: 65535 })
    );
}

#[test]
fn a_length_has_63_bits() {
    let error = decode(b"\x82\x7F\x80\0\0\0\0\0\0\0").unwrap_err();
    assert_eq!(error, PeerError::LengthTooLarge { length: 1 << 63 });
    assert_eq!(error.close_code(), 1002);
}

#[test]
fn reserved_opcodes_are_refused_at_the_first_byte() {
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        assert_eq!(decode(&[0x80 | opcode]), Err(PeerError::ReservedOpcode { opcode }));
        assert_eq!(decode(&[opcode]), Err(PeerError::ReservedOpcode { opcode }));
    }
}

#[test]
fn rsv2_and_rsv3_are_refused_at_the_first_byte_and_rsv1_is_passed_on() {
    assert_eq!(decode(&[0xA1]), Err(PeerError::ReservedBits { bits: 0b010 }));
    assert_eq!(decode(&[0x91]), Err(PeerError::ReservedBits { bits: 0b001 }));
    assert_eq!(decode(&[0xF1]), Err(PeerError::ReservedBits { bits: 0b111 }));
    assert!(decode(&[0xC1, 0]).unwrap().unwrap().0.rsv1);
}

#[test]
fn control_frames_are_whole_and_small() {
    for opcode in [8, 9, 10] {
        assert_eq!(decode(&[opcode]), Err(PeerError::ControlFragmented { opcode }));
        assert_eq!(decode(&[0x80 | opcode, 126]), Err(PeerError::ControlTooLong { opcode }));
        assert_eq!(decode(&[0x80 | opcode, 0xFF]), Err(PeerError::ControlTooLong { opcode }));
        assert!(decode(&[0x80 | opcode, 125]).unwrap().is_some());
    }
}

#[test]
fn every_pair_of_first_bytes_is_judged_by_the_same_rules() {
    for first in 0..=255_u8 {
        for second in 0..=255_u8 {
            let control = first & 8 != 0;
            let legal = first & 0x30 == 0
                && matches!(first & 15, 0 | 1 | 2 | 8 | 9 | 10)
                && !(control && (first & 0x80 == 0 || second & 0x7F > 125));
            // Enough zeros for any header: a long form of a short length is illegal.
            let mut bytes = vec![first, second];
            bytes.extend([0; 12]);
            let legal = legal && second & 0x7F < 126;
            assert_eq!(decode(&bytes).is_ok(), legal, "{first:#x} {second:#x}");
        }
    }
}

#[test]
fn a_shared_frame_is_unmasked_and_whole() {
    let mut out = b"before".to_vec();
    encode_frame(MessageKind::Text, b"Hello", &mut out);
    assert_eq!(out, b"before\x81\x05Hello");
}
