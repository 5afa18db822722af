"""WebSocket by the byte: handshakes and frames that no client library would send."""

import asyncio
import functools
import os
import struct

import wire
from peer import equal, get, run
from wire import CLOSE, PING, TEXT, frame

handshake = functools.partial(wire.handshake, "/")

class Connection:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()

    async def head(self):
        async with asyncio.timeout(10):
            return (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")

    async def frame(self):
        async with asyncio.timeout(10):
            first, second = await self.reader.readexactly(2)
            assert not second & 0x80, "a server must not mask"
            length = second
            if length == 126:
                (length,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
            return first & 15, await self.reader.readexactly(length)

    async def rest(self):
        async with asyncio.timeout(10):
            try:
                return await self.reader.read()
            except ConnectionResetError:
                return b""


async def connect(port):
    return Connection(*await asyncio.open_connection("127.0.0.1", port))


async def opened(port):
    connection = await connect(port)
    await connection.send(handshake())
    head = await connection.head()
    assert head.startswith("HTTP/1.1 101 "), head
    return connection


async def frames_in_the_packet_of_the_handshake_are_not_lost(port):
    connection = await connect(port)
    await connection.send(handshake() + frame(TEXT, b"early") + frame(PING, b"p")[:3])
    await connection.head()
    equal(await connection.frame(), (TEXT, b"early"))


async def a_frame_may_come_one_byte_at_a_time(port):
    connection = await opened(port)
    for byte in frame(TEXT, "grüß".encode()):
        await connection.send(bytes([byte]))
        await asyncio.sleep(0)
    equal(await connection.frame(), (TEXT, "grüß".encode()))


async def malformed_handshakes_are_refused_with_a_reason(port):
    refused = [
        (400, handshake(Sec_WebSocket_Key=None)),
        (400, handshake(Sec_WebSocket_Key="short")),
        (426, handshake(Sec_WebSocket_Version="8")),
        (426, handshake(Sec_WebSocket_Version=None)),
        (405, handshake().replace(b"GET", b"POST", 1)),
    ]
    for status, request in refused:
        connection = await connect(port)
        await connection.send(request)
        head = await connection.head()
        equal((int(head.split()[1]), request), (status, request))
        assert status != 426 or "sec-websocket-version: 13" in head.lower(), head
        assert await connection.rest(), "the body does not say why"


async def the_origin_is_held_against_the_host_of_an_absolute_target(port):
    for origin, status in [("http://example.com:81", 101), ("http://localhost", 403)]:
        connection = await connect(port)
        await connection.send(wire.handshake("http://example.com:81/chat?a=1", Origin=origin))
        equal(int((await connection.head()).split()[1]), status)
        if status == 101:
            await connection.send(frame(TEXT, b"url"))
            equal(await connection.frame(), (TEXT, b"ws://example.com:81/chat?a=1"))


async def wrong_frames_close_with_the_right_code(port):
    wrong = [
        (1002, frame(TEXT, b"x", masked=False)),
        (1002, frame(TEXT, b"x", rsv=1)),
        (1002, frame(TEXT, b"x", rsv=4)),
        (1002, frame(3, b"x")),
        (1002, frame(11, b"x")),
        (1002, frame(0, b"x")),
        (1002, frame(TEXT, b"x", fin=False) + frame(TEXT, b"y")),
        (1002, frame(PING, b"x", fin=False)),
        (1002, frame(PING, b"x" * 126)),
        (1002, frame(CLOSE, b"\x03")),
        (1002, frame(CLOSE, struct.pack("!H", 1005))),
        (1002, frame(CLOSE, struct.pack("!H", 1006))),
        (1002, frame(CLOSE, struct.pack("!H", 999))),
        (1007, frame(CLOSE, struct.pack("!H", 1000) + b"\xff")),
        (1007, frame(TEXT, b"\xff")),
        (1007, frame(TEXT, b"\xed\xa0\x80")),
        (1007, frame(TEXT, b"ok \xf0\x9f", fin=False) + frame(0, b"x")),
        (1009, struct.pack("!BBQ", 0x82, 0xFF, 2**40) + bytes(4)),
    ]
    for code, data in wrong:
        connection = await opened(port)
        await connection.send(data)
        opcode, payload = await connection.frame()
        equal((opcode, struct.unpack("!H", payload[:2])[0], data[:9]), (CLOSE, code, data[:9]))
        equal(await connection.rest(), b"")


async def invalid_text_is_noticed_before_its_end(port):
    connection = await opened(port)
    await connection.send(struct.pack("!BBH", 0x81, 0xFE, 1000) + bytes(4) + b"abc\xff")
    opcode, payload = await connection.frame()
    equal((opcode, payload[:2]), (CLOSE, struct.pack("!H", 1007)))


async def a_close_without_a_code_is_answered_without_one(port):
    connection = await opened(port)
    await connection.send(frame(CLOSE))
    equal(await connection.frame(), (CLOSE, b""))
    equal(await connection.rest(), b"")


async def nothing_is_answered_after_close(port):
    connection = await opened(port)
    await connection.send(
        frame(TEXT, b"before") + frame(CLOSE, struct.pack("!H", 1000)) + frame(TEXT, b"after")
    )
    equal(await connection.frame(), (TEXT, b"before"))
    equal((await connection.frame())[0], CLOSE)
    equal(await connection.rest(), b"")


async def garbage_hurts_nobody(port):
    bystander = await opened(port)
    for _ in range(50):
        connection = await opened(port)
        await connection.send(os.urandom(4096))
        connection.writer.transport.abort()
    for data in [b"\x00", b"GET / HTTP/1.1\r\nHost:", handshake()[:-2], b"\x16\x03\x01\x02\x00"]:
        connection = await connect(port)
        await connection.send(data)
        connection.writer.transport.abort()
    await bystander.send(frame(TEXT, b"still here"))
    equal(await bystander.frame(), (TEXT, b"still here"))
    equal((await get(port, "/now"))[0], 200)


run(
    frames_in_the_packet_of_the_handshake_are_not_lost,
    a_frame_may_come_one_byte_at_a_time,
    malformed_handshakes_are_refused_with_a_reason,
    the_origin_is_held_against_the_host_of_an_absolute_target,
    wrong_frames_close_with_the_right_code,
    invalid_text_is_noticed_before_its_end,
    a_close_without_a_code_is_answered_without_one,
    nothing_is_answered_after_close,
    garbage_hurts_nobody,
    serving="interop/http-raw.js",
)
