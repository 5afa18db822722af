use std::collections::HashSet;

use super::Numbers;
use crate::proto::ws::mask::{apply, new_key};

#[test]
fn masking_is_byte_by_byte_at_every_length_and_offset() {
    let mut numbers = Numbers(7);
    let key = [0x37, 0xFA, 0x21, 0x3D];
    for length in 0..200 {
        let bytes = numbers.bytes(length);
        for offset in 0..9 {
            let expected: Vec<u8> =
                bytes.iter().enumerate().map(|(i, byte)| byte ^ key[(i + offset) % 4]).collect();
            let mut masked = bytes.clone();
            apply(&mut masked, key, offset);
            assert_eq!(masked, expected, "{length} bytes from {offset}");
            apply(&mut masked, key, offset);
            assert_eq!(masked, bytes);
        }
    }
}

#[test]
fn masking_in_two_parts_is_masking_in_one() {
    let bytes = Numbers(9).bytes(100);
    let key = [1, 2, 3, 4];
    let mut whole = bytes.clone();
    apply(&mut whole, key, 0);
    for cut in 0..=bytes.len() {
        let mut parts = bytes.clone();
        let (head, tail) = parts.split_at_mut(cut);
        apply(head, key, 0);
        apply(tail, key, cut);
        assert_eq!(parts, whole, "cut at {cut}");
    }
}

#[test]
fn keys_do_not_repeat_within_or_across_draws() {
    let keys: HashSet<[u8; 4]> = (0..2000).map(|_| new_key()).collect();
    // Two of 2000 random keys are equal once in some 2000 runs; three pairs are no accident.
    assert!(keys.len() > 1996, "{} of 2000 differ", keys.len());
}
