#!/usr/bin/env python3
"""Writes the seeds of the corpora: corpus/<target>/seed-<name>. What the fuzzer found, and whatever
was added by hand, has other names and is left alone.

Every input is two bytes of flags, two of seed for the cuts, and a stream: see src/targets.
"""

import struct
import zlib
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"
KEY = b"\x37\xfa\x21\x3d"
HANDSHAKE = (
    b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
    b"Connection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Version: 13\r\n"
)
SWITCHING = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
)
OFFER = b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"


def write(target, name, stream, flags=0, more=0):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{name}").write_bytes(bytes([flags, more, len(name), 7]) + stream)


def frame(first, payload, masked=True):
    length = len(payload)
    mark = 0x80 if masked else 0
    if length < 126:
        head = bytes([first, mark | length])
    elif length < 65536:
        head = bytes([first, mark | 126]) + struct.pack(">H", length)
    else:
        head = bytes([first, mark | 127]) + struct.pack(">Q", length)
    if not masked:
        return head + payload
    return head + KEY + bytes(byte ^ KEY[index % 4] for index, byte in enumerate(payload))


def deflated(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


def proxy_v2(family, addresses, command=0x21):
    head = b"\r\n\r\n\0\r\nQUIT\n" + bytes([command, family])
    return head + struct.pack(">H", len(addresses)) + addresses


PROXY_HEADERS = {
    "v1-4": b"PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n",
    "v1-6": b"PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n",
    "v1-unknown": b"PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n",
    "v1-bare": b"PROXY UNKNOWN\r\n",
    "v1-no-port": b"PROXY TCP4 192.0.2.1 192.0.2.2\r\n",
    "v1-long": b"PROXY " + b"1" * 110,
    "v2-4": proxy_v2(0x11, bytes([192, 0, 2, 1, 192, 0, 2, 2]) + struct.pack(">HH", 56324, 443)),
    "v2-6": proxy_v2(0x21, bytes(range(32)) + struct.pack(">HH", 56324, 443) + b"\x04\0\x01x"),
    "v2-local": proxy_v2(0, b"", command=0x20),
    "v2-unix": proxy_v2(0x31, bytes(216)),
    "v2-short": proxy_v2(0x11, bytes(11)),
    "v2-long": proxy_v2(0x11, bytes(5000)),
    "none": b"",
}
SINGLE_FRAMES = {
    "text": frame(0x81, b"hello"),
    "text-unmasked": frame(0x81, b"hello", masked=False),
    "fragments": frame(0x01, b"a") + frame(0x89, b"ping") + frame(0x80, b"b"),
    "lengths": frame(0x82, bytes(126), False) + frame(0x82, bytes(66000), False),
    "compressed": frame(0xC1, deflated(b"hello")),
    "continuation": frame(0x80, b"b"),
    "reserved": frame(0x83, b"") + frame(0x91, b""),
}


def record(kind, payload):
    return bytes([kind, 3, 3]) + struct.pack(">H", len(payload)) + payload


def tls_extension(kind, payload):
    return struct.pack(">HH", kind, len(payload)) + payload


def message(kind, payload):
    """A message of the handshake of TLS."""
    return bytes([kind]) + struct.pack(">I", len(payload))[1:] + payload


def client_hello(versions, key_share=b"", name=b"localhost"):
    """RFC 8446 4.1.2, with all that a server here needs, and a key that belongs to nobody."""
    suites = struct.pack(">6H", 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xCCA9)
    entry = b"\0" + struct.pack(">H", len(name)) + name
    extensions = b"".join([
        tls_extension(0, struct.pack(">H", len(entry)) + entry),
        tls_extension(10, struct.pack(">HHH", 4, 0x001D, 0x0017)),
        tls_extension(11, b"\1\0"),
        tls_extension(13, struct.pack(">HHHH", 6, 0x0403, 0x0804, 0x0807)),
        tls_extension(16, b"\0\x09\x08http/1.1"),
        tls_extension(23, b""),
        tls_extension(43, bytes([2 * len(versions)]) + b"".join(versions)),
        tls_extension(51, struct.pack(">H", len(key_share)) + key_share),
    ])
    return message(1, b"".join([
        b"\3\3", KEY * 8, b"\x20", KEY * 8, struct.pack(">H", len(suites)), suites, b"\1\0",
        struct.pack(">H", len(extensions)), extensions,
    ]))


def server_hello(suite=0x1301, versions=b"\3\4", random=KEY * 8, session=b""):
    extensions = tls_extension(43, versions) if versions else b""
    extensions += tls_extension(51, struct.pack(">HH", 0x001D, 32) + KEY * 8) if versions else b""
    return message(2, b"".join([
        b"\3\3", random, bytes([len(session)]), session, struct.pack(">HB", suite, 0),
        struct.pack(">H", len(extensions)), extensions,
    ]))


X25519 = struct.pack(">HH", 0x001D, 32) + KEY * 8
HELLO = client_hello([b"\3\4", b"\3\3"], X25519)
CHANGE_CIPHER_SPEC = record(20, b"\1")
# RFC 8446 4.1.3: what a server says as its random to have the client begin again.
AGAIN = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
FROM_CLIENTS = {
    "hello": record(22, HELLO),
    "hello-tls12": record(22, client_hello([b"\3\3"])),
    "hello-without-share": record(22, client_hello([b"\3\4"])),
    "hello-too-old": record(22, client_hello([b"\3\2", b"\3\1"])),
    "hello-of-another": record(22, client_hello([b"\3\4"], X25519, b"a" * 60 + b".example")),
    "hello-in-pieces": b"".join(record(22, HELLO[at : at + 40]) for at in range(0, len(HELLO), 40)),
    "hello-twice": record(22, HELLO) * 2,
    "hello-and-data": record(22, HELLO) + CHANGE_CIPHER_SPEC + record(23, KEY * 30),
    "hello-and-alert": record(22, HELLO) + record(21, b"\2\x28"),
    "hello-and-warnings": record(22, HELLO) + record(21, b"\1\x5a") * 20,
    "hello-and-ciphers": record(22, HELLO) + CHANGE_CIPHER_SPEC * 40,
    "hello-cut": record(22, HELLO)[:70],
    "hello-endless": record(22, b"\1\xff\xff\xff" + bytes(2000)) * 3,
    "hello-empty": record(22, b"") * 10,
    "finished-first": record(22, message(20, bytes(32))),
    "http": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "ssl2": b"\x80\x2e\x01\0\2\0\x15\0\0\0\x10" + bytes(35),
    "close": record(21, b"\1\0"),
    "too-long": b"\x16\3\1\xff\xff" + bytes(300),
}
FROM_SERVERS = {
    "hello": record(22, server_hello(session=b"")) + CHANGE_CIPHER_SPEC + record(23, KEY * 50),
    "hello-tls12": record(
        22, server_hello(0xC02B, b"") + message(11, b"\0\0\0") + message(14, b"")
    ),
    "hello-again": record(22, server_hello(random=AGAIN)),
    "hello-unknown-suite": record(22, server_hello(0xC014, b"")),
    "certificate-first": record(22, message(11, b"\0\0\4\0\0\1a")),
    "certificate-large": record(22, message(11, bytes(0x3000))) * 7,
    "request": record(22, message(0, b"")),
    "alert": record(21, b"\2\x28"),
    "alert-unknown": record(21, b"\2\xf0"),
    "close": record(21, b"\1\0"),
    "http": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "data": record(23, b"hello"),
}
# What somebody in between does, by two bytes each: see src/targets/tls_records.rs.
MEDDLING = {
    "nothing": b"",
    "one-bit": b"\0\0",
    "late": b"\3\xff" * 4 + b"\x60\0",
    "left-out": b"\1\x10",
    "said-twice": b"\2\x10",
    "all": bytes(range(256)),
}

REQUESTS = {
    "get": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "get-query": b"GET /a/b?c=d HTTP/1.1\r\nHost: a:8080\r\nAccept: */*\r\nCookie: a=b\r\n\r\n",
    "head": b"HEAD / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
    "http10": b"GET / HTTP/1.0\r\n\r\n",
    "http10-stay": b"GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n",
    "absolute": b"GET http://a/b?c HTTP/1.1\r\nHost: a\r\n\r\n",
    "options": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "pipelined": b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" * 3,
    "blank-lines": b"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "length": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n"
    b"Host: a\r\n\r\n",
    "chunked": b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    b"A;x=y\r\n0123456789\r\n0\r\nX-A: 1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "continue": b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    "both-framings": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two-lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "fold": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\n\r\n",
    "bare-lf": b"GET / HTTP/1.1\nHost: a\n\n",
    "version": b"GET / HTTP/2.0\r\nHost: a\r\n\r\n",
    "cut": b"GET / HTTP/1.1\r\nHost: a\r\nX-A",
    "close": b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /",
    "upgrade": HANDSHAKE + b"\r\n" + frame(0x81, b"hello"),
}

RESPONSES = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",
    "until-close": b"HTTP/1.1 200 OK\r\n\r\nall of this",
    "interim": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
    b"HTTP/1.1 204 No Content\r\n\r\n",
    "http10": b"HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
    "not-modified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
    "switching": SWITCHING + b"\r\n" + frame(0x81, b"hello", False),
    "no-reason": b"HTTP/1.1 500 \r\nConnection: close\r\nContent-Length: 2\r\n\r\nno and more",
    "both-framings": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    "status": b"HTTP/1.1 99 \r\n\r\n",
}

FRAMES = [
    ("texts", [(0x81, b""), (0x81, "h\u00e9llo \u20ac \U0001f600".encode()), (0x82, b"\x00\xff")]),
    ("fragments", [(0x01, b"\xe2\x82"), (0x89, b"ping"), (0x00, b"\xac"), (0x80, b" and more")]),
    ("lengths", [(0x82, b"x" * 125), (0x82, b"x" * 126), (0x82, b"x" * 300)]),
    ("pongs", [(0x8A, b""), (0x8A, b"x" * 125)]),
    ("close", [(0x88, b"\x03\xe8done"), (0x81, b"late")]),
    ("close-empty", [(0x88, b"")]),
    ("close-half", [(0x88, b"\x03")]),
    ("close-code", [(0x88, b"\x03\xed")]),
    ("close-reason", [(0x88, b"\x03\xe8\xff")]),
    ("bad-utf8", [(0x01, b"abc\xed"), (0x80, b"\xa0\x80")]),
    ("reserved-bits", [(0xB1, b"a")]),
    ("reserved-opcode", [(0x83, b"a")]),
    ("interleaved", [(0x01, b"a"), (0x81, b"b")]),
    ("continuation", [(0x80, b"a")]),
    ("ping-fragment", [(0x09, b"a")]),
    ("many", [(0x01, b"")] + [(0x00, b"")] * 4 + [(0x80, b"")]),
    ("deflated", [(0xC1, deflated(b"hello hello hello")), (0xC2, deflated(bytes(300)))]),
    ("deflated-fragments", [(0x41, deflated(b"hello")[:3]), (0x80, deflated(b"hello")[3:])]),
    ("deflated-control", [(0xC9, b"")]),
]

HEADERS = [
    ("plain", b""),
    ("protocols", b"Sec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Protocol: b\r\n"),
    ("deflate", OFFER),
    (
        "offers",
        b"Sec-WebSocket-Extensions: x-webkit-deflate-frame, permessage-deflate; "
        b'server_max_window_bits="10"; client_no_context_takeover, permessage-deflate\r\n',
    ),
]

EXTENSIONS = {
    "bare": b"permessage-deflate",
    "all": b"permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
    b"server_max_window_bits=10; client_max_window_bits=12",
    "offers": b"permessage-deflate; server_max_window_bits=8, permessage-deflate; "
    b"client_max_window_bits, x; a=b; c",
    "quoted": b'permessage-deflate; server_max_window_bits="1\\2"',
    "bad": b"permessage-deflate; server_max_window_bits=16, permessage-deflate; a; a",
}


def main():
    for name, stream in REQUESTS.items():
        write("http_request", name, stream)
        write("http_request", f"{name}-tight", stream, flags=0x0F, more=3)
        write("server_stream", f"http-{name}", stream, flags=2)
    for name, stream in RESPONSES.items():
        write("http_response", name, stream)
        write("http_response", f"{name}-head", stream, flags=3)
    for name, fields in HEADERS:
        write("handshake", f"request-{name}", HANDSHAKE + fields + b"\r\n", flags=0x10, more=0x3F)
        write("handshake", f"fields-{name}", HANDSHAKE + fields, flags=2)
    for name, fields, flags in [
        ("plain", b"", 0),
        ("protocol", b"Sec-WebSocket-Protocol: chat\r\n", 4),
        ("deflate", OFFER.replace(b"; client_max", b"; server_no_context_takeover; client_max"), 8),
    ]:
        write("handshake", f"response-{name}", SWITCHING + fields + b"\r\n", flags=1 | flags)
        write("handshake", f"answer-{name}", SWITCHING + fields, flags=3 | flags)
    for name, frames in FRAMES:
        deflate = 0x18 if "deflated" in name else 0
        for masked, role in [(True, 0), (False, 1)]:
            stream = b"".join(frame(first, payload, masked) for first, payload in frames)
            who = "client" if masked else "server"
            write("ws_frames", f"{name}-from-{who}", stream, flags=deflate | role)
            write("ws_frames", f"{name}-from-{who}-tight", stream, flags=deflate | role | 6)
        stream = b"".join(frame(first, payload) for first, payload in frames)
        offer = OFFER if deflate else b""
        write("server_stream", f"ws-{name}", HANDSHAKE + offer + b"\r\n" + stream, flags=deflate)
    bye = frame(0x81, b"hello") + frame(0x81, b"bye") + frame(0x88, b"\x0f\xa0")
    write("server_stream", "bye", HANDSHAKE + b"\r\n" + bye, flags=1)
    write("server_stream", "slow", HANDSHAKE + b"\r\n" + bye * 3, flags=2)
    write("server_stream", "eof", HANDSHAKE + b"\r\n" + bye[:9], flags=4)
    for name, value in EXTENSIONS.items():
        write("deflate", f"negotiate-{name}", value)
        write("deflate", f"negotiate-{name}-strict", value, more=0x57)
    for name, stream in {
        "text": deflated(b"hello hello hello"),
        "zeros": deflated(bytes(200_000)),
        "stored": b"\x00\x05\x00\xfa\xffhello",
        "final": b"\xf3\x48\xcd\xc9\xc9\x07\x00",
        "bad": b"\xff\xff\xff",
        "empty": b"\x00",
    }.items():
        for more in (0, 1, 6, 8):
            write("deflate", f"inflate-{name}-{more}", stream, flags=1, more=more)
    for name, stream in {
        "text": b"the quick brown fox jumps over the lazy dog " * 4,
        "noise": zlib.compress(bytes(range(256)) * 2) + bytes(range(255, -1, -1)),
    }.items():
        for flags in (2, 0x5C, 0xFE):
            write("deflate", f"messages-{name}-{flags}", stream, flags=flags, more=flags ^ 0x33)
    for name, stream in FROM_CLIENTS.items():
        write("tls_records", f"client-{name}", stream, flags=0)
    for name, stream in FROM_SERVERS.items():
        write("tls_records", f"server-{name}", stream, flags=1)
    for name, stream in MEDDLING.items():
        for more in range(3):
            write("tls_records", f"between-{name}-{more}", stream, flags=2, more=more)
    for name, stream in PROXY_HEADERS.items():
        write("proxy_header", name, stream + b"GET / HTTP/1.1\r\n")
    for name, stream in SINGLE_FRAMES.items():
        for flags in (0, 1, 2, 8):
            write("single_frames", f"{name}-{flags}", stream, flags=flags)


if __name__ == "__main__":
    main()
