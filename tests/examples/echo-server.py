"""examples/echo-server.js sends back what it gets."""

from example import connect, example
from peer import equal, get, run


async def echoes():
    async with example("echo-server") as port:
        async with connect(port) as websocket:
            for message in ["hello", "", "grün 🦝", b"\x00\x01\xff", b"", "x" * 2**20]:
                await websocket.send(message)
                equal(await websocket.recv(), message)
        status, body = await get(port)
        equal((status, b"WebSocket" in body), (200, True))


run(echoes)
