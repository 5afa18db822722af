"""A signal ends the servers of workers politely too, and the program does not wait for stuck ones."""

import asyncio
import signal

from peer import equal, krandog, run
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


async def sigterm_closes_websockets_of_a_worker_with_1001():
    async with krandog("interop/worker-server.js") as server:
        port = int(await server.line())
        async with connect(f"ws://127.0.0.1:{port}") as websocket:
            server.signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(websocket.recv(), 10)
                raise AssertionError("a message came")
            except ConnectionClosed as closed:
                equal(closed.rcvd.code, 1001)
        equal(await server.wait(), 128 + signal.SIGTERM)
        equal(server.errors, "")


async def sigterm_does_not_wait_for_a_worker_that_loops():
    code = "new Worker('postMessage(0); for (;;);', { eval: true }).onmessage = () => console.log('up')"
    async with krandog("-e", code) as program:
        equal(await program.line(), "up")
        program.signal(signal.SIGTERM)
        equal(await program.wait(), 128 + signal.SIGTERM)
        equal(program.errors, "")


run(
    sigterm_closes_websockets_of_a_worker_with_1001,
    sigterm_does_not_wait_for_a_worker_that_loops,
)
