//! Response framing by status, method and version, and what callers may not do to it.

use crate::proto::http1::testing::DATE;
use crate::proto::http1::{
    ReplyTo, Response, UsageError, Version, encode_response, encode_switching_protocols,
    encode_upgrade_refusal,
};

type Headers<'a> = &'a [(&'a str, &'a [u8])];

fn encode(response: &Response<'_>, to: ReplyTo) -> Result<(String, bool), UsageError> {
    let mut out = b"before".to_vec();
    let close = encode_response(response, to, DATE, &mut out);
    let text = String::from_utf8(out).unwrap();
    let text = text.strip_prefix("before").unwrap();
    assert!(close.is_ok() || text.is_empty(), "nothing is written in case of an error");
    close.map(|close| (text.to_owned(), close))
}

const PLAIN: ReplyTo = ReplyTo { version: Version::Http11, head: false, close: false };

#[test]
fn framing_follows_status_method_and_version() {
    use Version::{Http10, Http11};
    for status in [200, 201, 204, 205, 206, 301, 304, 404, 426, 500, 599] {
        for head in [false, true] {
            for (version, close, connection) in [
                (Http11, false, None),
                (Http11, true, Some("close")),
                (Http10, false, Some("keep-alive")),
                (Http10, true, Some("close")),
            ] {
                let response = Response { status, body: b"hello", ..Response::default() };
                let (text, closes) = encode(&response, ReplyTo { version, head, close }).unwrap();
                let (fields, body) = text.split_once("\r\n\r\n").unwrap();
                let field = |name| fields.split("\r\n").find_map(|l| l.strip_prefix(name));
                let length = match status {
                    204 | 304 => None,
                    205 => Some("0"),
                    _ => Some("5"),
                };
                let has_body = !head && length == Some("5");
                assert!(fields.starts_with(&format!("HTTP/1.1 {status} ")));
                assert_eq!(field("Content-Length: "), length, "{status} {head}");
                assert_eq!(body, if has_body { "hello" } else { "" }, "{status} {head}");
                assert_eq!(field("Connection: "), connection, "{version:?} {close}");
                assert_eq!(field("Date: "), Some(DATE));
                assert_eq!(closes, close);
            }
        }
    }
}

#[test]
fn a_response_is_one_run_of_bytes() {
    let headers: Headers<'_> =
        &[("Set-Cookie", b"a=1"), ("set-cookie", b"b=2"), ("X-Raw", b"\xc3\xa9")];
    let response = Response { status: 200, reason: None, headers, body: b"hi" };
    assert_eq!(
        encode(&response, PLAIN).unwrap().0,
        format!(
            "HTTP/1.1 200 OK\r\nDate: {DATE}\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n\
             X-Raw: \u{e9}\r\nContent-Length: 2\r\n\r\nhi"
        )
    );
}

#[test]
fn the_callers_date_and_reason_are_kept() {
    let headers: Headers<'_> = &[("date", b"today")];
    let response = Response { status: 299, reason: Some("Fine"), headers, body: b"" };
    let (text, _) = encode(&response, PLAIN).unwrap();
    assert_eq!(text, "HTTP/1.1 299 Fine\r\ndate: today\r\nContent-Length: 0\r\n\r\n");
    let (text, _) = encode(&Response { status: 299, ..Response::default() }, PLAIN).unwrap();
    assert!(text.starts_with("HTTP/1.1 299 \r\n"), "the space stays: RFC 9112 4");
}

#[test]
fn framing_fields_of_the_caller_are_not_sent() {
    let headers: Headers<'_> = &[
        ("Content-Length", b"999"),
        ("transfer-encoding", b"chunked"),
        ("Connection", b"x-hop, keep-alive"),
        ("Keep-Alive", b"timeout=99"),
    ];
    let response = Response { status: 200, headers, body: b"hi", ..Response::default() };
    let (text, close) = encode(&response, PLAIN).unwrap();
    assert_eq!(text, format!("HTTP/1.1 200 OK\r\nDate: {DATE}\r\nContent-Length: 2\r\n\r\nhi"));
    assert!(!close);
}

#[test]
fn close_of_the_caller_is_obeyed() {
    let headers: Headers<'_> = &[("connection", b"Close")];
    let (text, close) =
        encode(&Response { status: 200, headers, ..Response::default() }, PLAIN).unwrap();
    assert!(close && text.contains("\r\nConnection: close\r\n"));
}

#[test]
fn the_callers_length_counts_where_no_body_can_follow() {
    let headers: Headers<'_> = &[("Content-Length", b"999")];
    for (status, head, length) in [
        (200, true, Some("999")),
        (304, false, Some("999")),
        (304, true, Some("999")),
        (204, true, None),
        (205, true, Some("0")),
        (200, false, Some("0")),
    ] {
        let response = Response { status, headers, ..Response::default() };
        let (text, _) = encode(&response, ReplyTo { head, ..PLAIN }).unwrap();
        let found = text.split("\r\n").find_map(|l| l.strip_prefix("Content-Length: "));
        assert_eq!(found, length, "{status} {head}");
    }
}

#[test]
fn what_would_split_a_response_is_refused_by_name() {
    for status in [0, 99, 100, 101, 199, 600, 999, 1000] {
        let response = Response { status, ..Response::default() };
        assert_eq!(encode(&response, PLAIN), Err(UsageError::Status(status)));
    }
    for name in ["", "a b", "a:", "a\r\n", "caf\u{e9}", "a\0", "(a)"] {
        let headers: Headers<'_> = &[("ok", b"ok"), (name, b"x")];
        let response = Response { status: 200, headers, ..Response::default() };
        assert_eq!(encode(&response, PLAIN), Err(UsageError::HeaderName(name.into())));
    }
    for value in ["a\r\nb", "a\n", "a\r", "\0", "\x7f", "a long value that ends badly, late\x1b"] {
        let headers: Headers<'_> = &[("X-Name", value.as_bytes())];
        let response = Response { status: 200, headers, ..Response::default() };
        assert_eq!(encode(&response, PLAIN), Err(UsageError::HeaderValue("X-Name".into())));
    }
    let headers: Headers<'_> = &[("Content-Length", b"x")];
    let response = Response { status: 200, headers, ..Response::default() };
    assert_eq!(encode(&response, PLAIN), Err(UsageError::HeaderValue("Content-Length".into())));
    let response = Response { status: 200, reason: Some("a\r\nb"), ..Response::default() };
    assert_eq!(encode(&response, PLAIN), Err(UsageError::Reason("a\r\nb".into())));
}

#[test]
fn the_handshake_is_completed_or_refused() {
    let mut out = Vec::new();
    let headers: Headers<'_> = &[
        ("Sec-WebSocket-Accept", b"x"),
        ("upgrade", b"y"),
        ("Content-Length", b"0"),
        ("X-A", b"b"),
    ];
    encode_switching_protocols(headers, &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: x\r\nX-A: b\r\n\r\n"
    );
    let mut out = Vec::new();
    assert!(encode_switching_protocols(&[("a", b"\n")], &mut out).is_err() && out.is_empty());
    let response = Response { status: 403, body: b"no", ..Response::default() };
    encode_upgrade_refusal(&response, "", &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"
    );
}
