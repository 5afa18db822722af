use super::Numbers;
use crate::proto::ws::utf8::*;

/// Whether and where the pieces fail.
fn push_all<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(), usize> {
    let mut text = Validator::default();
    for piece in pieces {
        text.push(piece)?;
    }
    text.finish()
}

fn expected(text: &[u8]) -> Result<(), usize> {
    std::str::from_utf8(text).map(|_| ()).map_err(|error| error.valid_up_to())
}

#[test]
fn every_cut_agrees_with_the_standard_library() {
    let long = "κόσμε 🙂 ".repeat(12);
    let mut broken = long.clone().into_bytes();
    broken[100] = 0xFF;
    let texts: [&[u8]; 12] = [
        b"",
        b"plain",
        "κόσμε".as_bytes(),
        "\u{10FFFF}\u{7FF}\u{800}\u{FFFF}\u{10000}".as_bytes(),
        b"\xF4\x90\x80\x80",
        b"\xED\xA0\x80",
        b"\xC0\xAF",
        b"abc\xE2\x82",
        b"\xF0\x9F\x99",
        b"\x80",
        long.as_bytes(),
        &broken,
    ];
    for text in texts {
        assert_eq!(check(text), expected(text));
        assert_eq!(push_all([text]), expected(text), "{text:x?}");
        assert_eq!(push_all(text.chunks(1)), expected(text), "{text:x?}");
        for cut in 0..=text.len() {
            for second in cut..=text.len() {
                let pieces = [&text[..cut], &text[cut..second], &text[second..]];
                assert_eq!(push_all(pieces), expected(text), "{text:x?} cut at {cut} and {second}");
            }
        }
    }
}

#[test]
fn a_text_fails_at_the_first_byte_that_makes_it_impossible() {
    // Each sequence is possible up to its last byte.
    let sequences: [&[u8]; 8] = [
        b"\xC0",
        b"\xF5",
        b"\x80",
        b"\xE0\x80",
        b"\xED\xA0",
        b"\xF0\x8F",
        b"\xF4\x90",
        b"\xE2\x82\x28",
    ];
    for sequence in sequences {
        let (last, possible) = sequence.split_last().unwrap();
        let mut text = Validator::default();
        text.push(b"ok").unwrap();
        for &byte in possible {
            assert_eq!(text.push(&[byte]), Ok(()), "{sequence:x?}");
        }
        assert_eq!(text.push(&[*last]), Err(2), "{sequence:x?}");
    }
}

#[test]
fn random_bytes_in_random_pieces_agree_with_the_standard_library() {
    let mut numbers = Numbers(11);
    // Bytes that make long and nearly valid sequences likely.
    let alphabet =
        [0x41, 0x80, 0xBF, 0x8F, 0x90, 0x9F, 0xA0, 0xC2, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF1, 0xF4];
    for _ in 0..200_000 {
        let length = numbers.below(9);
        let text: Vec<u8> = (0..length).map(|_| alphabet[numbers.below(alphabet.len())]).collect();
        let size = 1 + numbers.below(4);
        assert_eq!(push_all(text.chunks(size)), expected(&text), "{text:x?} in {size}s");
    }
}

#[test]
fn a_finished_validator_starts_over() {
    let mut text = Validator::default();
    text.push(b"abc\xE2").unwrap();
    assert_eq!(text.finish(), Err(3));
    text.push(b"a\xFF").unwrap_err();
    assert_eq!(text.push(b"\xFF"), Err(1));
}

#[test]
fn truncation_keeps_whole_characters() {
    assert_eq!(truncate("aé", 2), "a");
    assert_eq!(truncate("aé", 3), "aé");
    assert_eq!(truncate("🙂", 3), "");
    assert_eq!(truncate("abc", 99), "abc");
}
