"""krandog's client, put through its paces by the server of Python's websockets."""

import json

from peer import OVER_TLS, WS, krandog, run, server_tls
from websockets.asyncio.server import serve


async def handle(websocket):
    async for message in websocket:
        name, *rest = message.split(" ") if isinstance(message, str) else [None]
        if name == "close":
            await websocket.close(int(rest[0]), rest[1])
        elif name == "ping":
            await (await websocket.ping(rest[0].encode()))
            await websocket.send(f"pong {rest[0]}")
        elif name == "fragments":
            await websocket.send(rest)
        elif name == "request":
            request = websocket.request
            answer = {"path": request.path, "test": request.headers["x-test"]}
            await websocket.send(json.dumps(answer))
        elif name == "abort":
            websocket.transport.abort()
        else:
            await websocket.send(message)


def refuse(websocket, request):
    if request.path == "/refused":
        return websocket.respond(401, "who are you?\n")
    return None


def choose(_, offered):
    return "chat.v2" if "chat.v2" in offered else None


async def passes(**options):
    options.update(process_request=refuse, select_subprotocol=choose, max_size=None)
    tls = server_tls() if OVER_TLS else None
    async with serve(handle, "127.0.0.1", 0, ssl=tls, **options) as server:
        port = server.sockets[0].getsockname()[1]
        async with krandog("interop/client.js", f"{WS}://127.0.0.1:{port}") as client:
            code = await client.wait(25)
            if code != 0:
                raise AssertionError(f"exit code {code}\n{client.errors}")


async def without_compression():
    await passes(compression=None)


async def with_compression_on_offer():
    await passes()


run(without_compression, with_compression_on_offer)
