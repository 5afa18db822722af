"""Which messages go out compressed: rsv1, by the byte."""

import json
import struct
import zlib

from hostile import opened
from peer import equal, run
from wire import BINARY, TEXT, frame

RSV1 = 0x40


async def ask(peer, **wish):
    """Whether the answer is compressed, its opcode, and its size once it is not."""
    await peer.send(frame(TEXT, json.dumps(wish).encode()))
    first, length = await peer.take(2)
    if length == 126:
        (length,) = struct.unpack("!H", await peer.take(2))
    payload = await peer.take(length)
    compressed = bool(first & RSV1)
    if compressed:
        assert length < wish["size"], "it has grown"
        payload = zlib.decompressobj(-15).decompress(payload + b"\x00\x00\xff\xff")
    equal(payload, b"a" * wish["size"])
    equal(first & 0xB0, 0x80)
    return compressed, first & 15


async def agreed(port):
    return await opened(port, Sec_WebSocket_Extensions="permessage-deflate")


async def the_threshold_decides_unless_told(port):
    peer = await agreed(port)
    equal(await ask(peer, size=999), (False, TEXT))
    equal(await ask(peer, size=1000), (True, TEXT))


async def compress_true_compresses_a_small_message(port):
    peer = await agreed(port)
    for kind, opcode in [("text", TEXT), ("bytes", BINARY), ("blob", BINARY)]:
        equal(await ask(peer, size=100, compress=True, kind=kind), (True, opcode))


async def compress_false_leaves_a_large_message_alone(port):
    peer = await agreed(port)
    for kind, opcode in [("text", TEXT), ("bytes", BINARY), ("blob", BINARY)]:
        equal(await ask(peer, size=5000, compress=False, kind=kind), (False, opcode))


async def one_message_does_not_decide_on_the_next(port):
    peer = await agreed(port)
    for compress in [True, False, True, False]:
        equal(await ask(peer, size=2000, compress=compress), (compress, TEXT))
    equal(await ask(peer, size=2000), (True, TEXT))


async def nothing_is_compressed_that_was_not_agreed_on(port):
    peer = await opened(port)
    for wish in [{}, {"compress": True}, {"compress": False}]:
        equal(await ask(peer, size=5000, **wish), (False, TEXT))


run(
    the_threshold_decides_unless_told,
    compress_true_compresses_a_small_message,
    compress_false_leaves_a_large_message_alone,
    one_message_does_not_decide_on_the_next,
    nothing_is_compressed_that_was_not_agreed_on,
    serving="interop/compress.js",
)
