//! What is compressed, and that it comes out as it went in.

use std::io::Read;

use flate2::read::GzDecoder;

use super::{Compression, Encoder, Fields, Verdict, mark};
use crate::proto::content::codings::Coding;

fn expanded(coding: Coding, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        Coding::Gzip => GzDecoder::new(bytes).read_to_end(&mut plain).unwrap(),
        Coding::Brotli => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap(),
    };
    plain
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect()
}

#[test]
fn bodies_come_out_as_they_went_in() {
    let body = b"to be or not to be, ".repeat(1000);
    for coding in Coding::ALL {
        let compressed = Compression::default().compress(coding, &body).unwrap();
        assert!(compressed.len() < body.len() / 10, "{}", compressed.len());
        assert!(expanded(coding, &compressed) == body);
        assert_eq!(Compression::default().compress(coding, b"short"), None);
        // What has no order does not become shorter.
        let mut noise = vec![0; 4096];
        let mut state = 1_u32;
        for byte in &mut noise {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *byte = state.to_be_bytes()[0];
        }
        assert_eq!(Compression::default().compress(coding, &noise), None);
    }
}

#[test]
fn each_piece_can_be_read_when_it_has_been_sent() {
    for coding in Coding::ALL {
        let mut encoder = Encoder::new(coding, 1024);
        let mut sent = Vec::new();
        for piece in [&b"first"[..], b", second", b"", b", third"] {
            sent.extend(encoder.push(piece, true));
            let mut seen = [0; 100];
            let mut read = 0;
            let mut reader: Box<dyn Read> = match coding {
                Coding::Gzip => Box::new(GzDecoder::new(&*sent)),
                Coding::Brotli => Box::new(brotli::Decompressor::new(&*sent, 4096)),
            };
            while let Ok(count @ 1..) = reader.read(&mut seen[read..]) {
                read += count;
            }
            assert!(seen[..read].ends_with(piece), "{coding:?} {piece:?}");
        }
        sent.extend(encoder.finish());
        assert_eq!(expanded(coding, &sent), b"first, second, third");
    }
}

#[test]
fn what_is_small_already_is_left_alone() {
    let compression = Compression::default();
    let html = Some(b"text/html".as_slice());
    let judge = |status, pairs: &[(&str, &str)], kind| {
        compression.judge(status, (&fields(pairs), kind), Some("br"))
    };
    assert_eq!(judge(200, &[], html), Verdict::Varies(Some(Coding::Brotli)));
    assert_eq!(
        judge(404, &[("content-type", "application/json")], None),
        Verdict::Varies(Some(Coding::Brotli))
    );
    assert_eq!(compression.judge(200, (&Fields::new(), html), None), Verdict::Varies(None));
    assert_eq!(judge(200, &[], None), Verdict::Never);
    assert_eq!(judge(206, &[], html), Verdict::Never);
    assert_eq!(judge(200, &[("Content-Type", "image/png")], html), Verdict::Never);
    assert_eq!(judge(200, &[("Content-Encoding", "gzip")], html), Verdict::Never);
    assert_eq!(judge(200, &[("Cache-Control", "public, No-Transform")], html), Verdict::Never);
}

#[test]
fn fields_say_what_was_done() {
    let mut given = fields(&[("ETag", "\"a\""), ("Content-Length", "5"), ("vary", "Origin")]);
    mark(&mut given, Some(Coding::Gzip));
    assert_eq!(
        given,
        fields(&[
            ("ETag", "W/\"a\""),
            ("vary", "Origin"),
            ("Vary", "Accept-Encoding"),
            ("Content-Encoding", "gzip"),
        ])
    );
    let mut given = fields(&[("Vary", "Origin, accept-encoding"), ("ETag", "\"a\"")]);
    mark(&mut given, None);
    assert_eq!(given, fields(&[("Vary", "Origin, accept-encoding"), ("ETag", "\"a\"")]));
}
