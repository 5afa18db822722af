"""What krandog has sent before its process exits arrives, over TLS too."""

import asyncio

from peer import CERTIFICATES, client_tls, equal, krandog, run, server_tls
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

SCRIPT = "interop/tls-last-words.js"
WORDS = bytes(index % 251 for index in range(1 << 19))


async def listen(websocket):
    """All that comes, read slowly, and how it ends."""
    said = []
    try:
        while True:
            await asyncio.sleep(0.2)
            said.append(await asyncio.wait_for(websocket.recv(), 10))
    except ConnectionClosed as closed:
        return said, closed.rcvd and closed.rcvd.code


async def a_server_that_exits():
    async with krandog(SCRIPT) as process:
        port = int(await process.line())
        url, options = f"wss://localhost:{port}/", {"ssl": client_tls(), "max_size": None}
        async with connect(url, **options) as websocket:
            await websocket.send("say")
            said, _ = await listen(websocket)
            assert said == [WORDS, "last"], f"{len(said)} messages"
        equal(await process.wait(), 3)


async def a_client_that_exits():
    heard = asyncio.get_running_loop().create_future()

    async def handler(websocket):
        heard.set_result(await listen(websocket))

    async with serve(handler, "localhost", 0, ssl=server_tls(), max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        environment = {"NODE_EXTRA_CA_CERTS": str(CERTIFICATES / "ca.pem")}
        async with krandog(SCRIPT, f"wss://localhost:{port}/", **environment) as process:
            said, _ = await asyncio.wait_for(heard, 10)
            assert said == [WORDS, "last"], f"{len(said)} messages"
            equal(await process.wait(), 3)


run(a_server_that_exits, a_client_that_exits)
