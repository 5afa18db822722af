"""krandog's client finds out by itself that its server is gone: a raw server that says nothing."""

import asyncio
import base64
import hashlib
import json

from peer import krandog, run

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def ends_as(options, pings):
    """Shakes hands, then only reads; returns how the client closed."""
    heard = bytearray()

    async def shake(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"sec-websocket-key":
                accept = base64.b64encode(hashlib.sha1(value.strip() + GUID).digest())
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        while piece := await reader.read(1024):
            heard.extend(piece)

    server = await asyncio.start_server(shake, "127.0.0.1", 0)
    async with server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with krandog("interop/silent.js", url, json.dumps(options)) as client:
            closed = json.loads(await client.line())
            assert await client.wait() == 0, client.errors
    # RFC 6455 5.5.2: a ping is 0x89, from a client masked and here without payload.
    assert (b"\x89\x80" in heard) == pings, bytes(heard)
    return closed


async def a_ping_without_a_pong_is_the_end():
    closed = await ends_as({"pingInterval": 50, "pongTimeout": 100, "idleTimeout": 0}, True)
    assert closed == {"code": 1006, "wasClean": False, "cause": "timeout"}, closed


async def silence_is_the_end_without_pings_too():
    closed = await ends_as({"pingInterval": 0, "idleTimeout": 150}, False)
    assert closed == {"code": 1006, "wasClean": False, "cause": "timeout"}, closed


run(a_ping_without_a_pong_is_the_end, silence_is_the_end_without_pings_too)
