"""SIGINT and SIGTERM end a server politely; a script that listens for them decides itself."""

import asyncio
import signal

from peer import equal, krandog, run
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
    a_peer_that_does_not_answer_is_not_waited_for_long,
)
