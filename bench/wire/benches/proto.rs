//! What the parts of the protocol cost: `cargo bench -p krandog-wire`.
#![expect(clippy::unwrap_used, reason = "a benchmark that goes wrong has nothing to report")]

use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::Instant;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use krandog::proto::http1::{self, Response, ServerConfig, ServerConnection};
use krandog::proto::ws::testing::send as send_message;
use krandog::proto::ws::{
    Config, Connection, DeflateConfig, MessageKind, Role, deflate, mask, utf8,
};

const SIZES: [usize; 3] = [32, 1024, 65_536];
/// So many messages a round, as one read brings them.
const BATCH: usize = 16;

fn main() {
    divan::main();
}

/// A JSON text: what deflate and the check for UTF-8 are usually given.
fn json(size: usize) -> Vec<u8> {
    let mut text = String::from("[");
    let mut value = 1_u32;
    while text.len() < size {
        value = value.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let price = value >> 12;
        write!(text, r#"{{"key":"{value:08x}","user":"alice","price":{price}}},"#).unwrap();
    }
    text.truncate(size);
    text.into_bytes()
}

fn params() -> deflate::Params {
    let ours = DeflateConfig { threshold: 0, ..DeflateConfig::default() };
    deflate::negotiate(&ours, &[deflate::offer(&ours)]).unwrap().0
}

fn connection(role: Role, deflate: bool) -> Connection {
    Connection::new(Config { deflate: deflate.then(params), ..Config::new(role) })
}

/// A server reads a batch of masked texts, each whole.
fn receive(bencher: Bencher<'_, '_>, size: usize, deflate: bool) {
    let (mut client, mut input) = (connection(Role::Client, deflate), Vec::new());
    for _ in 0..BATCH {
        send_message(&mut client, MessageKind::Text, &json(size), &mut input).unwrap();
    }
    let mut server = connection(Role::Server, deflate);
    bencher
        .counter(ItemsCount::new(BATCH))
        .counter(BytesCount::new(BATCH * size))
        .with_inputs(|| input.clone())
        .bench_local_refs(|input| {
            let (mut position, mut out) = (0, Vec::new());
            while let Some(event) = server.receive(input, &mut position, &mut out) {
                black_box(event);
            }
            assert!(position == input.len() && out.is_empty());
        });
}

/// A server writes a batch of texts.
fn send(bencher: Bencher<'_, '_>, size: usize, deflate: bool) {
    let (mut server, text, mut out) = (connection(Role::Server, deflate), json(size), Vec::new());
    bencher.counter(ItemsCount::new(BATCH)).counter(BytesCount::new(BATCH * size)).bench_local(
        || {
            out.clear();
            for _ in 0..BATCH {
                send_message(&mut server, MessageKind::Text, black_box(&text), &mut out).unwrap();
            }
        },
    );
}

/// Header, unmasking, check for UTF-8.
#[divan::bench(args = SIZES)]
fn decode(bencher: Bencher<'_, '_>, size: usize) {
    receive(bencher, size, false);
}

#[divan::bench(args = SIZES)]
fn encode(bencher: Bencher<'_, '_>, size: usize) {
    send(bencher, size, false);
}

#[divan::bench(args = [1024])]
fn inflate(bencher: Bencher<'_, '_>, size: usize) {
    receive(bencher, size, true);
}

#[divan::bench(args = [1024])]
fn compress(bencher: Bencher<'_, '_>, size: usize) {
    send(bencher, size, true);
}

#[divan::bench(args = SIZES)]
fn unmask(bencher: Bencher<'_, '_>, size: usize) {
    let mut bytes = vec![7; size];
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        mask::apply(black_box(&mut bytes), [1, 2, 3, 4], 0);
    });
}

#[divan::bench(args = SIZES)]
fn utf8_ascii(bencher: Bencher<'_, '_>, size: usize) {
    let text = json(size);
    bencher.counter(BytesCount::new(size)).bench_local(|| utf8::check(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn utf8_mixed(bencher: Bencher<'_, '_>, size: usize) {
    let text = "Grüße, мир, 世界! 🦘 ".repeat(size / 30 + 1);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| utf8::check(black_box(text.as_bytes())));
}

static REQUEST: &[u8] = b"GET /rooms/general?since=42 HTTP/1.1\r\nHost: chat.example.com\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
    Accept: text/html,application/json;q=0.9,*/*;q=0.8\r\nAccept-Language: en-US,en;q=0.5\r\n\
    Accept-Encoding: gzip, deflate, br, zstd\r\nCookie: session=0123456789abcdef\r\n\
    Connection: keep-alive\r\n\r\n";
static NOW: LazyLock<Instant> = LazyLock::new(now);

#[expect(clippy::disallowed_methods, reason = "the core wants a time, whichever")]
fn now() -> Instant {
    Instant::now()
}

/// A browser's request of seven fields and a reply of 13 bytes, on a connection kept alive.
#[divan::bench]
fn http_request_and_reply(bencher: Bencher<'_, '_>) {
    let mut server = ServerConnection::new(ServerConfig::default(), *NOW);
    let mut out = Vec::new();
    let headers: &[(&str, &[u8])] = &[("Content-Type", b"text/plain")];
    let response = Response { status: 200, reason: None, headers, body: b"Hello, World!" };
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    bencher.counter(BytesCount::new(REQUEST.len())).bench_local(|| {
        out.clear();
        let mut position = 0;
        let event = server.receive(black_box(REQUEST), &mut position, *NOW, || date, &mut out);
        assert!(matches!(event, Some(http1::Event::Request(_))));
        server.respond(&response, date, *NOW, &mut out).unwrap();
    });
}
