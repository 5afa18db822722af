"""SIGINT, SIGTERM and SIGHUP end a server politely, and a second one at once."""

import asyncio
import signal

from peer import equal, krandog, run
from wire import CLOSE, handshake
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


async def ends_with(number, code):
    async with krandog("interop/server.js") as server:
        port = int(await server.line())
        async with connect(f"ws://127.0.0.1:{port}") as websocket:
            server.signal(number)
            try:
                await asyncio.wait_for(websocket.recv(), 10)
                raise AssertionError("a message came")
            except ConnectionClosed as closed:
                equal(closed.rcvd.code, 1001)
        equal(await server.wait(), code)
        equal(server.errors, "")


async def sigterm_closes_with_1001_and_exits_with_143():
    await ends_with(signal.SIGTERM, 128 + signal.SIGTERM)


async def sigint_closes_with_1001_and_exits_with_130():
    await ends_with(signal.SIGINT, 128 + signal.SIGINT)


async def sighup_closes_with_1001_and_exits_with_129():
    await ends_with(signal.SIGHUP, 128 + signal.SIGHUP)


async def a_second_signal_does_not_wait_for_peers():
    for first, second in [
        (signal.SIGTERM, signal.SIGINT),
        (signal.SIGINT, signal.SIGHUP),
        (signal.SIGHUP, signal.SIGTERM),
    ]:
        async with krandog("interop/server.js") as server:
            port = int(await server.line())
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(handshake("/"))
            await reader.readuntil(b"\r\n\r\n")
            server.signal(first)
            # The Close frame that this peer never answers.
            opcode, length = await reader.readexactly(2)
            equal((opcode & 15, (await reader.readexactly(length))[:2]), (CLOSE, b"\x03\xe9"))
            server.signal(second)
            # Had it waited for the peer, the code would be that of the first.
            equal(await server.wait(), 128 + second)
            equal(server.errors, "")
            writer.close()


async def a_peer_that_does_not_answer_is_not_waited_for_long():
    async with krandog("interop/server.js") as server:
        port = int(await server.line())
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\n")
        server.signal(signal.SIGTERM)
        equal(await server.wait(5), 143)


run(
    sigterm_closes_with_1001_and_exits_with_143,
    sigint_closes_with_1001_and_exits_with_130,
    sighup_closes_with_1001_and_exits_with_129,
    a_second_signal_does_not_wait_for_peers,
    a_peer_that_does_not_answer_is_not_waited_for_long,
)
