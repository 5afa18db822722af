//! What a client sends, and how it reads what comes back.

use crate::proto::http1::{
    ClientConfig, ClientEvent, LAST_CHUNK, PeerError, RequestFraming, RequestMethod,
    ResponseParser, UsageError, encode_request, encode_request_head, push_chunk,
};

/// What came of a stream: events in a few words, with the parts of a body joined; what was left.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    events: Vec<String>,
    left: Vec<u8>,
    keep_alive: bool,
}

fn replay(stream: &[u8], cuts: &[usize], to_head: bool) -> Result<Outcome, PeerError> {
    let method = if to_head { RequestMethod::Head } else { RequestMethod::Other };
    replay_to(method, stream, cuts)
}

fn replay_to(method: RequestMethod, stream: &[u8], cuts: &[usize]) -> Result<Outcome, PeerError> {
    let mut parser = ResponseParser::new(ClientConfig::default(), method);
    let (mut events, mut body, mut left) = (Vec::new(), Vec::new(), Vec::new());
    let mut start = 0;
    let mut record = |event: ClientEvent, input: &[u8]| match event {
        ClientEvent::Informational(head) => events.push(format!("interim {}", head.status)),
        ClientEvent::Head(head) => events.push(format!("{} {}", head.status, head.reason)),
        ClientEvent::Body(range) => {
            assert!(!range.is_empty());
            body.extend_from_slice(&input[range]);
        }
        ClientEvent::End => events.push(format!("end \"{}\"", body.escape_ascii())),
    };
    for &end in cuts.iter().chain([&stream.len()]) {
        let (input, mut pos) = (&stream[start..end], 0);
        while let Some(event) = parser.receive(input, &mut pos)? {
            record(event, input);
        }
        assert!(pos == input.len() || parser.is_done());
        left.extend_from_slice(&input[pos..]);
        start = end;
    }
    if let Some(event) = parser.handle_eof()? {
        record(event, &[]);
    }
    Ok(Outcome { events, left, keep_alive: parser.keep_alive() })
}

fn at_every_split(stream: &[u8], to_head: bool) -> Result<Outcome, PeerError> {
    let whole = replay(stream, &[], to_head);
    let bytewise: Vec<usize> = (1..stream.len()).collect();
    assert_eq!(replay(stream, &bytewise, to_head), whole, "byte by byte");
    for cut in 0..stream.len() {
        assert_eq!(replay(stream, &[cut], to_head), whole, "cut at byte {cut}");
    }
    whole
}

#[test]
fn a_body_ends_where_the_head_says() {
    for (stream, events, keep_alive, left) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiX", ["200 OK", "end \"hi\""], true, "X"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ["200 OK", "end \"\""], true, ""),
        ("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na", ["200 ", "end \"a\""], true, ""),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;a\r\n!\r\n0\r\nT: x\r\n\r\nX",
            ["200 OK", "end \"hi!\""],
            true,
            "X",
        ),
        ("HTTP/1.1 200 OK\r\n\r\nup to the end", ["200 OK", "end \"up to the end\""], false, ""),
        ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", ["200 OK", "end \"a\""], false, ""),
        (
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na",
            ["200 OK", "end \"a\""],
            true,
            "",
        ),
        (
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
            ["200 OK", "end \"a\""],
            false,
            "",
        ),
        ("HTTP/1.1 204 No Content\r\n\r\nX", ["204 No Content", "end \"\""], true, "X"),
        (
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
            ["304 Not Modified", "end \"\""],
            true,
            "",
        ),
    ] {
        let outcome = at_every_split(stream.as_bytes(), false).unwrap();
        assert_eq!(outcome.events, events, "{stream:?}");
        assert_eq!(outcome.keep_alive, keep_alive, "{stream:?}");
        assert_eq!(outcome.left, left.as_bytes(), "{stream:?}");
    }
}

#[test]
fn the_response_to_head_has_no_body() {
    let stream = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1";
    let outcome = at_every_split(stream, true).unwrap();
    assert_eq!(
        (outcome.events.as_slice(), outcome.left.as_slice()),
        (["200 OK".to_owned(), "end \"\"".to_owned()].as_slice(), b"HTTP/1.1".as_slice())
    );
}

#[test]
fn interim_responses_come_first() {
    let stream = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n\
                   HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let outcome = at_every_split(stream, false).unwrap();
    assert_eq!(outcome.events, ["interim 100", "interim 103", "200 OK", "end \"\""]);
    let flood = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(17);
    assert_eq!(at_every_split(&flood, false), Err(PeerError::TooManyInterim { limit: 16 }));
}

#[test]
fn after_switching_protocols_the_bytes_are_left_alone() {
    let stream = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi";
    let outcome = at_every_split(stream, false).unwrap();
    assert_eq!(outcome.events, ["101 Switching Protocols"]);
    assert_eq!(outcome.left, b"\x81\x02hi");
    assert!(!outcome.keep_alive);
}

#[test]
fn malformed_responses_are_refused() {
    for stream in [
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "<html>",
        "HTTP/1.1 200 OK\nA: b\n\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
    ] {
        let refused = at_every_split(stream.as_bytes(), false);
        assert!(!matches!(refused, Ok(_) | Err(PeerError::UnexpectedEnd)), "{stream:?}");
    }
}

#[test]
fn a_response_that_is_cut_off_is_no_response() {
    for stream in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n",
    ] {
        let cut = at_every_split(stream.as_bytes(), false);
        assert_eq!(cut, Err(PeerError::UnexpectedEnd), "{stream:?}");
    }
}

#[test]
fn a_successful_connect_has_no_body_and_leaves_the_tunnel_alone() {
    for status in ["200 Connection established", "299 x"] {
        for fields in ["", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n"] {
            let stream = format!("HTTP/1.1 {status}\r\n{fields}\r\ntunnel");
            for cut in 0..stream.len() {
                let outcome = replay_to(RequestMethod::Connect, stream.as_bytes(), &[cut]);
                let outcome = outcome.unwrap();
                assert_eq!(outcome.events, [status]);
                assert_eq!(outcome.left, b"tunnel");
                assert!(!outcome.keep_alive);
            }
        }
    }
    let refusal = b"HTTP/1.1 407 no\r\nContent-Length: 3\r\n\r\nwhy";
    let outcome = replay_to(RequestMethod::Connect, refusal, &[]).unwrap();
    assert_eq!(outcome.events, ["407 no", "end \"why\""]);
}

#[test]
fn a_long_head_is_refused() {
    let config = ClientConfig { head_bytes_max: 100, fields_max: 2 };
    for (fields, error) in [
        ("a: b\r\n".repeat(3), PeerError::TooManyFields { limit: 2 }),
        ("a".repeat(100), PeerError::HeadTooLarge { limit: 100 }),
    ] {
        let stream = format!("HTTP/1.1 200 OK\r\n{fields}\r\n");
        let refused =
            ResponseParser::new(config, RequestMethod::Other).receive(stream.as_bytes(), &mut 0);
        assert_eq!(refused, Err(error));
    }
}

#[test]
fn a_request_is_encoded_in_one_run() {
    let headers: &[(&str, &[u8])] =
        &[("Host", b"a"), ("Content-Length", b"7"), ("Connection", b"Upgrade")];
    let mut out = Vec::new();
    encode_request("GET", "/x?y", headers, b"", &mut out).unwrap();
    assert_eq!(out, b"GET /x?y HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\r\n");
    out.clear();
    encode_request("POST", "/", headers, b"", &mut out).unwrap();
    assert!(out.ends_with(b"\r\nContent-Length: 0\r\n\r\n"));
    out.clear();
    encode_request("QUERY", "/", headers, b"hi", &mut out).unwrap();
    assert!(out.ends_with(b"\r\nContent-Length: 2\r\n\r\nhi"));
}

#[test]
fn a_request_that_would_be_split_is_refused() {
    let host: (&str, &[u8]) = ("host", b"a");
    let mut out = Vec::new();
    for (method, target, headers, error) in [
        ("G T", "/", vec![host], UsageError::Method("G T".into())),
        ("", "/", vec![host], UsageError::Method("".into())),
        ("GET", "", vec![host], UsageError::Target("".into())),
        ("GET", "/ HTTP/1.1\r\nX: y", vec![host], UsageError::Target("/ HTTP/1.1\r\nX: y".into())),
        ("GET", "/a#b", vec![host], UsageError::Target("/a#b".into())),
        ("GET", "/", vec![], UsageError::Host(0)),
        ("GET", "/", vec![host, host], UsageError::Host(2)),
        ("GET", "/", vec![host, ("a:", b"")], UsageError::HeaderName("a:".into())),
        ("GET", "/", vec![host, ("a", b"\n")], UsageError::HeaderValue("a".into())),
    ] {
        assert_eq!(encode_request(method, target, &headers, b"", &mut out), Err(error));
        assert!(out.is_empty());
    }
}

#[test]
fn a_head_says_how_its_body_is_framed() {
    for (method, framing, field) in [
        ("GET", RequestFraming::Without, ""),
        ("DELETE", RequestFraming::Without, ""),
        ("POST", RequestFraming::Without, "Content-Length: 0\r\n"),
        ("GET", RequestFraming::Length(0), "Content-Length: 0\r\n"),
        ("PUT", RequestFraming::Length(12), "Content-Length: 12\r\n"),
        ("PUT", RequestFraming::Chunked, "Transfer-Encoding: chunked\r\n"),
    ] {
        let mut out = Vec::new();
        // What the caller says of the framing is dropped.
        let fields: [(&str, &[u8]); 3] =
            [("Host", b"a"), ("content-length", b"9"), ("Transfer-Encoding", b"gzip")];
        encode_request_head((method, "/"), &fields, framing, &mut out).unwrap();
        let head = format!("{method} / HTTP/1.1\r\nHost: a\r\n{field}\r\n");
        assert_eq!(out.escape_ascii().to_string(), head.escape_debug().to_string());
    }
}

#[test]
fn chunks_never_end_a_body_by_themselves() {
    let mut out = Vec::new();
    push_chunk(b"hello", &mut out);
    push_chunk(b"", &mut out);
    push_chunk(&[b'x'; 26], &mut out);
    out.extend_from_slice(LAST_CHUNK);
    let text = format!("5\r\nhello\r\n1a\r\n{}\r\n0\r\n\r\n", "x".repeat(26));
    assert_eq!(out, text.as_bytes());
    let response = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice(), &out];
    let outcome = at_every_split(&response.concat(), false).unwrap();
    let body = format!("end \"hello{}\"", "x".repeat(26));
    assert_eq!(outcome.events, ["200 OK".to_owned(), body]);
}
