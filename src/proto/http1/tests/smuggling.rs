//! Requests that two parsers could read in two ways, and others that must be refused. Each is
//! followed by a second request, which must never be seen.

use crate::proto::http1::ServerConfig;
use crate::proto::http1::testing::{DATE, at_every_split, replay};

/// A name, the bytes, the status of the refusal.
type Row = (&'static str, &'static [u8], u16);

fn refused(rows: &[Row]) {
    for &(name, bytes, status) in rows {
        let stream = [bytes, b"GET /second HTTP/1.1\r\nHost: a\r\n\r\n"].concat();
        let outcome = at_every_split(&stream);
        assert_eq!(outcome.events, [status.to_string()], "{name}");
        assert_eq!(outcome.statuses(), [status], "{name}");
        assert!(outcome.out.contains("\r\nConnection: close\r\n"), "{name}");
        assert!(outcome.out.contains("\r\nContent-Type: text/plain"), "{name}");
        // RFC 9110 6.6.1: a server that has a clock dates its 4xx too.
        assert!(outcome.out.contains(&format!("\r\nDate: {DATE}\r\n")), "{name}");
    }
}

/// A head with `Host`, the field lines given, and what follows.
macro_rules! post {
    ($fields:literal, $body:literal) => {
        concat!("POST / HTTP/1.1\r\nHost: a\r\n", $fields, "\r\n", $body).as_bytes()
    };
}

macro_rules! get {
    ($fields:literal) => {
        concat!("GET / HTTP/1.1\r\nHost: a\r\n", $fields, "\r\n").as_bytes()
    };
}

#[test]
fn two_ways_to_frame_a_body_are_refused() {
    refused(&[
        (
            "coding, then length",
            post!("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
            400,
        ),
        (
            "length, then coding",
            post!("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400,
        ),
        (
            "length and unknown coding",
            post!("Content-Length: 5\r\nTransfer-Encoding: x\r\n", "hello"),
            400,
        ),
        (
            "coding in HTTP/1.0",
            b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
    ]);
}

#[test]
fn codings_other_than_one_chunked_are_refused() {
    refused(&[
        ("identity", post!("Transfer-Encoding: identity\r\n", "hello"), 501),
        ("gzip", post!("Transfer-Encoding: gzip\r\n", "hello"), 501),
        ("gzip, chunked", post!("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501),
        ("xchunked", post!("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501),
        ("chunkedx", post!("Transfer-Encoding: chunkedx\r\n", "0\r\n\r\n"), 501),
        ("quoted", post!("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501),
        ("parameter", post!("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), 501),
        ("split word", post!("Transfer-Encoding: chun ked\r\n", "0\r\n\r\n"), 501),
        ("empty", post!("Transfer-Encoding:\r\n", "0\r\n\r\n"), 400),
        ("twice", post!("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400),
        ("not last", post!("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400),
        ("empty member", post!("Transfer-Encoding: ,chunked\r\n", "0\r\n\r\n"), 400),
        (
            "repeated line",
            post!("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400,
        ),
        (
            "repeated line, other case",
            post!("Transfer-Encoding: chunked\r\ntransfer-encoding: identity\r\n", "0\r\n\r\n"),
            400,
        ),
        ("vertical tab", post!("Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n"), 400),
        ("form feed", post!("Transfer-Encoding: chunked\x0c\r\n", "0\r\n\r\n"), 400),
        ("NUL", post!("Transfer-Encoding: chunked\0\r\n", "0\r\n\r\n"), 400),
        ("folded", post!("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400),
        ("space before colon", post!("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400),
        ("tab before colon", post!("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"), 400),
        ("leading space", post!(" Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
        ("hidden behind LF", post!("X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
        ("hidden behind CR", post!("X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400),
    ]);
}

#[test]
fn lengths_that_are_not_one_number_are_refused() {
    refused(&[
        ("two equal", post!("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400),
        ("two differing", post!("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"), 400),
        ("list of equals", post!("Content-Length: 5, 5\r\n", "hello"), 400),
        ("list", post!("Content-Length: 5,6\r\n", "hello"), 400),
        ("empty", post!("Content-Length:\r\n", "hello"), 400),
        ("blank", post!("Content-Length:  \t\r\n", "hello"), 400),
        ("plus", post!("Content-Length: +5\r\n", "hello"), 400),
        ("minus", post!("Content-Length: -5\r\n", "hello"), 400),
        ("hexadecimal", post!("Content-Length: 0x5\r\n", "hello"), 400),
        ("inner space", post!("Content-Length: 5 5\r\n", "hello"), 400),
        ("fraction", post!("Content-Length: 5.0\r\n", "hello"), 400),
        ("underscore", post!("Content-Length: 1_0\r\n", "hello"), 400),
        ("word", post!("Content-Length: five\r\n", "hello"), 400),
        ("overflow", post!("Content-Length: 18446744073709551616\r\n", "hello"), 400),
        ("space before colon", post!("Content-Length : 5\r\n", "hello"), 400),
        ("too large", post!("Content-Length: 1048577\r\n", ""), 413),
        ("far too large", post!("Content-Length: 18446744073709551615\r\n", ""), 413),
    ]);
}

#[test]
fn hosts_that_are_not_one_host_are_refused() {
    refused(&[
        ("none", b"GET / HTTP/1.1\r\n\r\n", 400),
        ("none, with others", b"GET / HTTP/1.1\r\nX-Host: a\r\n\r\n", 400),
        ("two alike", get!("Host: a\r\n"), 400),
        ("two", get!("Host: b\r\n"), 400),
        ("empty", b"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        ("two words", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        ("path", b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        ("user", b"GET / HTTP/1.1\r\nHost: b@a\r\n\r\n", 400),
        ("bad port", b"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
        ("bad in HTTP/1.0", b"GET / HTTP/1.0\r\nHost: a/b\r\n\r\n", 400),
        ("two in HTTP/1.0", b"GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("none beside an absolute target", b"GET http://b/ HTTP/1.1\r\n\r\n", 400),
        ("bad beside an absolute target", b"GET http://b/ HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        ("two beside one", b"GET http://b/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("bad in an absolute target", b"GET http://u@b/ HTTP/1.1\r\nHost: b\r\n\r\n", 400),
    ]);
}

#[test]
fn lines_that_parsers_split_differently_are_refused() {
    refused(&[
        ("LF after request line", b"GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
        ("LF after field", b"GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
        ("LF ends the head", b"GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
        ("LF before all", b"\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("LF in a name", get!("X\nY: z\r\n"), 400),
        ("CR in a value", get!("X: y\rz\r\n"), 400),
        ("CR CR LF", get!("X: y\r\r\n"), 400),
        ("CR in request line", b"GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CR in the last line", b"GET / HTTP/1.1\r\nHost: a\r\n\rX", 400),
        ("CR in a name", get!("X\r: z\r\n"), 400),
        ("CR before all", b"\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("three empty lines", b"\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("NUL in a value", get!("X: y\0z\r\n"), 400),
        ("DEL in a value", get!("X: y\x7fz\r\n"), 400),
        ("escape in a value", get!("X: y\x1bz\r\n"), 400),
        ("NUL in the target", b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("folded by space", get!("X: y\r\n z\r\n"), 400),
        ("folded by tab", get!("X: y\r\n\tz\r\n"), 400),
        ("folded first line", b"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    ]);
}

#[test]
fn field_names_that_are_no_tokens_are_refused() {
    refused(&[
        ("brackets", get!("X-Invalid[]: y\r\n"), 400),
        ("space before colon", get!("X : y\r\n"), 400),
        ("tab before colon", get!("X\t: y\r\n"), 400),
        ("space inside", get!("X Y: z\r\n"), 400),
        ("empty", get!(": y\r\n"), 400),
        ("no colon", get!("X\r\n"), 400),
        ("parenthesis", get!("X(: y\r\n"), 400),
        ("quote", get!("\"X\": y\r\n"), 400),
        ("non-ASCII", get!("caf\u{e9}: y\r\n"), 400),
        ("NUL", get!("X\0: y\r\n"), 400),
    ]);
}

#[test]
fn request_lines_out_of_grammar_are_refused() {
    refused(&[
        ("HTTP/1.2", b"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505),
        ("HTTP/0.9", b"GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
        ("HTTP/2.0", b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("lower case", b"GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        ("HTTP/1.10", b"GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400),
        ("HTTP/01.1", b"GET / HTTP/01.1\r\nHost: a\r\n\r\n", 400),
        ("HTTP/1,1", b"GET / HTTP/1,1\r\nHost: a\r\n\r\n", 400),
        ("HTTPS/1.1", b"GET / HTTPS/1.1\r\nHost: a\r\n\r\n", 400),
        ("no version", b"GET /\r\nHost: a\r\n\r\n", 400),
        ("no target", b"GET HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("method alone", b"GET\r\nHost: a\r\n\r\n", 400),
        ("two spaces", b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("two spaces later", b"GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("space at the end", b"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        ("tab", b"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("tab in target", b"GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("space in target", b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("second request in it", b"GET / HTTP/1.1 GET /b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("method is no token", b"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("method begins with a mark", b"(GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("space before all", b" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("garbage", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03", 400),
        ("fragment", b"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("non-ASCII target", b"GET /caf\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("bytes that are not UTF-8", b"GET /caf\xe9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("relative target", b"GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("asterisk without OPTIONS", b"GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("authority without CONNECT", b"GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT", b"CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501),
    ]);
}

#[test]
fn malformed_chunks_are_refused() {
    const CODING: &str = "Transfer-Encoding: chunked\r\n";
    for (name, body, status) in [
        ("0x", "0x5\r\nhello\r\n0\r\n\r\n", 400),
        ("plus", "+5\r\nhello\r\n0\r\n\r\n", 400),
        ("minus", "-5\r\nhello\r\n0\r\n\r\n", 400),
        ("empty size", "\r\nhello\r\n0\r\n\r\n", 400),
        ("size of extension alone", ";a\r\nhello\r\n0\r\n\r\n", 400),
        ("space before size", " 5\r\nhello\r\n0\r\n\r\n", 400),
        ("space after size", "5 \r\nhello\r\n0\r\n\r\n", 400),
        ("underscore", "1_0\r\nhello\r\n0\r\n\r\n", 400),
        ("17 digits", "10000000000000005\r\nhello\r\n0\r\n\r\n", 400),
        ("17 digits, zeros first", "00000000000000005\r\nhello\r\n0\r\n\r\n", 400),
        ("all ones", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n", 413),
        ("too large", "100001\r\nhello", 413),
        ("too large together", "5\r\nhello\r\nffffc\r\nhello", 413),
        ("LF after size", "5\nhello\r\n0\r\n\r\n", 400),
        ("CR after size", "5\rhello\r\n0\r\n\r\n", 400),
        ("LF after extension", "5;a\nhello\r\n0\r\n\r\n", 400),
        ("CR in extension", "5;a\rb\r\nhello\r\n0\r\n\r\n", 400),
        ("NUL in extension", "5;\0\r\nhello\r\n0\r\n\r\n", 400),
        ("extension without a name", "5;\r\nhello\r\n0\r\n\r\n", 400),
        ("blank extension", "5; \r\nhello\r\n0\r\n\r\n", 400),
        ("value without a name", "5;=a\r\nhello\r\n0\r\n\r\n", 400),
        ("space after extension", "5;a \r\nhello\r\n0\r\n\r\n", 400),
        ("space before extension", "5 ;a\r\nhello\r\n0\r\n\r\n", 400),
        ("line end in quotes", "5;a=\"\r\nhello\r\n0\r\n\r\n\"\r\n", 400),
        ("last chunk with an empty extension", "0;\r\n\r\n", 400),
        ("longer than said", "5\r\nhello!\r\n0\r\n\r\n", 400),
        ("shorter than said", "5\r\nhell\r\n0\r\n\r\n", 400),
        ("no terminator", "5\r\nhello0\r\n\r\n", 400),
        ("LF terminator", "5\r\nhello\n0\r\n\r\n", 400),
        ("trailer with space", "0\r\nX : y\r\n\r\n", 400),
        ("folded trailer", "0\r\n x\r\n\r\n", 400),
        ("LF trailer", "0\r\nX: y\n\r\n", 400),
        ("LF end", "0\r\n\n", 400),
    ] {
        let stream = ["POST / HTTP/1.1\r\nHost: a\r\n", CODING, "\r\n", body].concat();
        refused(&[(name, stream.leak().as_bytes(), status)]);
    }
}

#[test]
fn what_passes_a_limit_is_refused() {
    let repeat = |part: &str, times: usize| part.repeat(times);
    let head = |fields: String| format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
    let chunked = |body: String| {
        format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body}")
    };
    for (name, stream, status) in [
        ("100 fields and Host", head(repeat("a: b\r\n", 100)), 431),
        ("a long field", head(format!("a: {}\r\n", repeat("b", 16 * 1024))), 431),
        ("a long name", head(repeat("b", 17 * 1024)), 431),
        ("a long target", format!("GET /{} HTTP/1.1\r\n", repeat("a", 8 * 1024)), 414),
        ("a long method", repeat("A", 9 * 1024), 414),
        ("extensions in one chunk", chunked(format!("5;{}", repeat("a", 2000))), 400),
        ("extensions in many", chunked(repeat(&format!("1;{:060}\r\nx\r\n", 0), 20)), 400),
        ("many trailers", chunked(format!("0\r\n{}\r\n", repeat("a: b\r\n", 33))), 431),
        ("a long trailer", chunked(format!("0\r\na: {}\r\n", repeat("b", 8 * 1024))), 431),
    ] {
        refused(&[(name, stream.leak().as_bytes(), status)]);
    }
}

#[test]
fn expectations_and_upgrades_that_cannot_be_met_are_refused() {
    refused(&[
        ("unknown expectation", post!("Expect: tea\r\nContent-Length: 2\r\n", "hi"), 417),
        ("two expectations", get!("Expect: 100-continue\r\nExpect: 100-continue\r\n"), 417),
        ("list of expectations", get!("Expect: 100-continue, tea\r\n"), 417),
        ("upgrade with length", post!("Upgrade: websocket\r\nContent-Length: 2\r\n", "hi"), 400),
        (
            "upgrade with chunks",
            post!("Upgrade: websocket\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400,
        ),
        ("key with length", post!("Sec-WebSocket-Key: x\r\nContent-Length: 2\r\n", "hi"), 400),
    ]);
}

/// Valid streams with some bytes changed, removed or doubled. Whatever they are now, they are it
/// however they are cut.
#[test]
fn a_damaged_stream_means_the_same_however_it_is_cut() {
    const STREAM: &[u8] = b"\r\nPOST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
        3;x\r\nabc\r\n0\r\nT: u\r\n\r\nPUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz\
        GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n\
        GET /c HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\nframes";
    const BYTES: &[u8] = b"\r\n \t:;,0125fx/H\0\x7f\xff";
    // A linear congruential generator (Knuth's constants): the same streams in each run.
    let mut seed = 1_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % limit
    };
    for _ in 0..4000 {
        let mut stream = STREAM.to_vec();
        for _ in 0..=below(3) {
            let (at, byte) = (below(stream.len()), BYTES[below(BYTES.len())]);
            match below(4) {
                0 => stream[at] = byte,
                1 => stream.insert(at, byte),
                2 => drop(stream.remove(at)),
                _ => stream.insert(at, stream[at]),
            }
        }
        let whole = replay(&stream, &[], ServerConfig::default());
        let bytewise: Vec<usize> = (1..stream.len()).collect();
        let cut = below(stream.len());
        for cuts in [bytewise.as_slice(), &[cut]] {
            let cut = replay(&stream, cuts, ServerConfig::default());
            assert_eq!(cut, whole, "{}", stream.escape_ascii());
        }
    }
}
