//! What is decoded, at every split of the bytes, and what is refused.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use crate::proto::coding::{CodingError, Decoded, Decoder};

const TEXT: &[u8] = b"hello, hello, hello, hello";
/// `TEXT` in brotli, and in zstd with a checksum and without.
const BROTLI: &str = "1b1900f88d946ede44095286966c2c6f314f24b0e300";
const ZSTD: &str = "28b52ffd04586d00003868656c6c6f2c2001004a8a118f995337";
const ZSTD_PLAIN: &str = "28b52ffd00586d00003868656c6c6f2c2001004a8a11";
/// 60 000 lines, `line 0` to `line 76` over and over, in zstd.
const LINES: &str = "28b52ffd045874030072050e10c0256366f19fb1eecccc4c6c8ac3b901ffffdfb66ddb6edbb66d4\
    99224c96ddbb64d9224494a9224c94070975386500c042030846220024ea820befe06b093926b12f0a16fffffff3f039\
    2fd6152031aa6a69751b8a64a1d15eaa74e9b324d973a85b880737108616c0a4c0000086e0100fcff3910024c0000086\
    e0100fcff3910024d0000086e01008434391002b5e0af05";
/// 40 MiB of zeros in brotli.
const BOMB: &str = "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ff\
    effffc13f0110870500baf77ff9ffff877f02200e0b0074efff00";

fn unhex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Decodes bytes that come in pieces of this size, `most` bytes of output at a time.
fn decode(codings: &str, bytes: &[u8], piece: usize, most: usize) -> Result<Vec<u8>, CodingError> {
    let mut decoder = Decoder::new([codings.as_bytes()].into_iter()).expect("a known coding");
    let (mut held, mut out) = (Vec::new(), Vec::new());
    let mut pieces = bytes.chunks(piece.max(1));
    let mut ended = false;
    loop {
        let mut position = 0;
        let before = out.len();
        let outcome = decoder.decode(&held, &mut position, ended, (&mut out, most))?;
        assert!(out.len() - before <= most);
        held.drain(..position);
        match outcome {
            Decoded::Some => {}
            Decoded::End => return Ok(out),
            Decoded::Hungry => {
                assert!(!ended, "it is told that there is no more");
                match pieces.next() {
                    Some(piece) => held.extend_from_slice(piece),
                    None => ended = true,
                }
            }
        }
    }
}

fn at_every_split(codings: &str, bytes: &[u8]) -> Result<Vec<u8>, CodingError> {
    let whole = decode(codings, bytes, bytes.len(), 1 << 16);
    for piece in 1..bytes.len() {
        assert_eq!(decode(codings, bytes, piece, 1 << 16), whole, "in pieces of {piece}");
    }
    assert_eq!(decode(codings, bytes, bytes.len(), 1), whole, "byte by byte");
    whole
}

#[test]
fn each_coding_is_decoded_at_every_split() {
    for (codings, bytes) in [
        ("gzip", gzip(TEXT)),
        ("X-GZip", gzip(TEXT)),
        ("deflate", zlib(TEXT)),
        ("deflate", raw(TEXT)),
        ("br", unhex(BROTLI)),
        ("zstd", unhex(ZSTD)),
        ("zstd", unhex(ZSTD_PLAIN)),
        ("identity, br", unhex(BROTLI)),
        ("deflate, gzip", gzip(&zlib(TEXT))),
        ("zstd,,gzip", gzip(&unhex(ZSTD))),
    ] {
        assert_eq!(at_every_split(codings, &bytes).as_deref(), Ok(TEXT), "{codings}");
    }
}

#[test]
fn several_members_and_frames_are_one_content() {
    let twice = [TEXT, TEXT].concat();
    let members = [gzip(TEXT), gzip(TEXT)].concat();
    assert_eq!(at_every_split("gzip", &members), Ok(twice.clone()));
    let skipped = [0x52, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2];
    let nothing = [0x5f, 0x2a, 0x4d, 0x18, 0, 0, 0, 0];
    let frames = [&unhex(ZSTD)[..], &skipped, &nothing, &unhex(ZSTD_PLAIN)].concat();
    assert_eq!(at_every_split("zstd", &frames), Ok(twice));
    let padded = [gzip(TEXT), vec![0; 9]].concat();
    assert_eq!(at_every_split("gzip", &padded).as_deref(), Ok(TEXT));
}

#[test]
fn blocks_are_decoded_one_by_one() {
    let lines: Vec<_> = (0..60_000).map(|line| format!("line {}\n", line % 77)).collect();
    let lines = lines.concat();
    let frame = unhex(LINES);
    for most in [1000, 1 << 16, 1 << 20] {
        let decoded = decode("zstd", &frame, 7, most).unwrap();
        assert!(decoded == lines.as_bytes(), "{} bytes", decoded.len());
    }
}

#[test]
fn nothing_is_nothing_in_any_coding() {
    for coding in ["gzip", "deflate", "br", "zstd", "gzip, br"] {
        assert_eq!(decode(coding, b"", 1, 10), Ok(Vec::new()), "{coding}");
    }
}

#[test]
fn what_is_cut_off_is_no_content() {
    for (coding, bytes) in [
        ("gzip", gzip(TEXT)),
        ("deflate", zlib(TEXT)),
        ("deflate", raw(TEXT)),
        ("br", unhex(BROTLI)),
        ("zstd", unhex(ZSTD)),
    ] {
        for length in 1..bytes.len() {
            let cut = decode(coding, &bytes[..length], 3, 100);
            assert_eq!(cut, Err(CodingError::Truncated(coding)), "{length} bytes of {coding}");
        }
    }
}

#[test]
fn what_is_no_such_content_is_refused() {
    for coding in ["gzip", "deflate", "br", "zstd"] {
        let decoded = at_every_split(coding, b"\xff<html>this is not compressed</html>");
        assert_eq!(decoded, Err(CodingError::Malformed(coding)));
    }
    let mut wrong = gzip(TEXT);
    let last = wrong.len() - 6;
    wrong[last] ^= 1;
    assert_eq!(at_every_split("gzip", &wrong), Err(CodingError::Malformed("gzip")));
}

#[test]
fn bombs_end_at_a_limit() {
    let bomb = decode("br", &unhex(BOMB), 10, 1 << 16);
    assert_eq!(bomb, Err(CodingError::Bomb { coding: "br", ratio: 1_100 }));
    // A frame of many blocks that each are one byte, repeated.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    for _ in 0..200 {
        frame.extend_from_slice(&[0x02, 0x00, 0x10, b'x']);
    }
    let bomb = decode("zstd", &frame, frame.len(), 1 << 16);
    assert_eq!(bomb, Err(CodingError::Bomb { coding: "zstd", ratio: 1_100 }));
    // What deflate can do at most is no bomb.
    let zeros = gzip(&vec![0; 20 << 20]);
    assert_eq!(decode("gzip", &zeros, 1 << 16, 1 << 16).map(|zeros| zeros.len()), Ok(20 << 20));
}

#[test]
fn a_large_window_is_refused() {
    let frame = unhex("28b52ffd0098");
    let decoded = decode("zstd", &frame, 6, 100);
    assert_eq!(decoded, Err(CodingError::Window { coding: "zstd", limit: 8 << 20 }));
}

#[test]
fn what_is_not_known_is_left_as_it_is() {
    for codings in ["", "identity", "compress", "gzip, compress", "gzip, gzip, gzip, gzip, gzip"] {
        assert!(Decoder::new([codings.as_bytes()].into_iter()).is_none(), "{codings}");
    }
}
