//! The protocol of Redis by itself, at every split of its bytes.

use super::*;
use crate::limits::{REDIS_DEPTH_MAX, REDIS_ELEMENTS_MAX, REDIS_LINE_BYTES_MAX};

/// All values of some bytes that come in pieces.
fn decoded(pieces: &[&[u8]]) -> Result<Vec<Value<'static>>, PeerError> {
    let (mut decoder, mut values) = (Decoder::default(), Vec::new());
    for piece in pieces {
        let mut position = 0;
        while let Some(value) = decoder.next(piece, &mut position)? {
            values.push(value.into_owned());
        }
        assert_eq!(position, piece.len());
    }
    Ok(values)
}

fn bytes(text: &str) -> Value<'_> {
    Value::Bytes(text.as_bytes().into())
}

const ALL: &[u8] = b"+OK\r\n-WRONGPASS no\r\n:-7\r\n,1.5\r\n,inf\r\n#t\r\n#f\r\n_\r\n\
    (123456789012345678901234567890\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n=8\r\ntxt:some\r\n!5\r\nERR a\r\n\
    *2\r\n:1\r\n*1\r\n_\r\n*0\r\n%2\r\n+b\r\n:1\r\n+a\r\n*1\r\n:2\r\n~2\r\n+x\r\n+y\r\n\
    |1\r\n+ttl\r\n:3600\r\n:9\r\n*2\r\n|1\r\n+k\r\n+v\r\n+first\r\n+second\r\n\
    >3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n";

#[test]
fn every_type_is_read_at_every_split() {
    let whole = decoded(&[ALL]).unwrap();
    let expected = [
        Value::Word("OK".into()),
        Value::Error(Refusal::new(b"WRONGPASS no")),
        Value::Int(-7),
        Value::Double(1.5),
        Value::Double(f64::INFINITY),
        Value::Bool(true),
        Value::Bool(false),
        Value::Null,
        Value::Big("123456789012345678901234567890".into()),
        bytes("a\r\nbc"),
        bytes(""),
        bytes("some"),
        Value::Error(Refusal::new(b"ERR a")),
        Value::Array(vec![Value::Int(1), Value::Array(vec![Value::Null])]),
        Value::Array(vec![]),
        Value::Map(vec![
            (Value::Word("b".into()), Value::Int(1)),
            (Value::Word("a".into()), Value::Array(vec![Value::Int(2)])),
        ]),
        Value::Set(vec![Value::Word("x".into()), Value::Word("y".into())]),
        Value::Int(9),
        Value::Array(vec![Value::Word("first".into()), Value::Word("second".into())]),
        Value::Push(vec![bytes("message"), bytes("c"), bytes("hi")]),
    ];
    assert_eq!(whole, expected);
    for at in 0..ALL.len() {
        assert_eq!(decoded(&[&ALL[..at], &ALL[at..]]).unwrap(), expected, "{at}");
    }
    let single: Vec<&[u8]> = ALL.chunks(1).collect();
    assert_eq!(decoded(&single).unwrap(), expected);
}

#[test]
fn what_is_not_resp3_is_named() {
    for (sent, error) in [
        (&b"HTTP/1.1 400 Bad Request\r\n"[..], PeerError::Http),
        (b"\x15\x03\x01\x00\x02\x02\x46", PeerError::Tls),
        (b"?\r\n", PeerError::Type(b'?')),
        (b"$-1\r\n", PeerError::Number("-1".to_owned())),
        (b"*?\r\n", PeerError::Number("?".to_owned())),
        (b"$+1\r\na\r\n", PeerError::Number("+1".to_owned())),
        (b"$1\r\nabc\r\n", PeerError::End),
        (b"$99999999999\r\n", PeerError::Bytes),
        (b"*99999999999\r\n", PeerError::Elements),
        (b"$99999999999999999999\r\n", PeerError::Number("99999999999999999999".to_owned())),
    ] {
        assert_eq!(decoded(&[sent]), Err(error), "{}", sent.escape_ascii());
    }
    for sent in [&b":x\r\n"[..], b"#y\r\n", b",z\r\n", b"=3\r\ntxt\r\n", b"=4\r\nxyz:\r\n"] {
        let error = decoded(&[sent]).unwrap_err();
        assert!(matches!(error, PeerError::Frame(_)), "{} {error:?}", sent.escape_ascii());
    }
}

#[test]
fn a_reply_has_limits() {
    let deep = b"*1\r\n".repeat(REDIS_DEPTH_MAX + 1);
    assert_eq!(decoded(&[&deep]), Err(PeerError::Depth));
    let mut most = b"*1\r\n".repeat(REDIS_DEPTH_MAX);
    most.extend_from_slice(b":1\r\n");
    assert_eq!(decoded(&[&most]).unwrap().len(), 1);
    let attributes = b"|1\r\n:1\r\n".repeat(REDIS_DEPTH_MAX + 1);
    assert_eq!(decoded(&[&attributes]), Err(PeerError::Depth));
    let many = format!("*2\r\n*{}\r\n", REDIS_ELEMENTS_MAX - 1);
    assert_eq!(decoded(&[many.as_bytes()]), Err(PeerError::Elements));
    let long = vec![b'+'; REDIS_LINE_BYTES_MAX + 1];
    assert_eq!(decoded(&[&long]), Err(PeerError::LongLine));
}

#[test]
fn a_command_is_an_array_of_strings() {
    let mut out = Vec::new();
    write_command(&["SET", "a", ""], &mut out);
    assert_eq!(out, b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$0\r\n\r\n");
    out.clear();
    Command::new(&mut out, 2).arg(b"PING").args(&[b"a", b"", b"bc"]).end();
    assert_eq!(out, b"*2\r\n$4\r\nPING\r\n$3\r\nabc\r\n");
}

#[test]
fn a_refusal_has_a_code_and_mostly_a_remedy() {
    let refusal = Refusal::new(b"WRONGPASS invalid username-password pair or user is disabled.");
    assert_eq!(refusal.code, "WRONGPASS");
    assert!(refusal.remedy().is_some());
    assert_eq!(Refusal::new(b"no word in front").code, "ERR");
    assert_eq!(Refusal::new(b"").code, "ERR");
    assert!(Refusal::new(b"LOADING Redis is loading the dataset in memory").is_passing());
    assert_eq!(Refusal::new(b"ERR something").remedy(), None);
}

#[test]
fn keys_have_the_slots_of_a_cluster() {
    assert_eq!(key_slot(b"123456789"), 12739);
    assert_eq!(key_slot(b"{user}.a"), key_slot(b"{user}.b"));
    assert_eq!(key_slot(b""), 0);
}
