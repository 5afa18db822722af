"""examples/feed-client.js stays with a server that goes away and comes back."""

import asyncio

from peer import equal, eventually, krandog, run
from websockets.asyncio.server import serve


class Feed:
    """A server that says hello and notes what it is told."""

    def __init__(self):
        self.seen = []
        self.transports = []

    async def handle(self, websocket):
        self.transports.append(websocket.transport)
        await websocket.send(f"hello {len(self.transports)}")
        try:
            async for message in websocket:
                self.seen.append(message)
                if message == "enough":
                    await websocket.close(1000)
        except Exception:
            # It was cut off.
            pass


async def it_comes_back_and_brings_what_was_typed():
    feed = Feed()
    async with serve(feed.handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with krandog("../examples/feed-client.js", f"ws://127.0.0.1:{port}/") as client:
            equal(await client.line(), "hello 1")
            server.close(close_connections=False)
            feed.transports[0].abort()
            await eventually(lambda: told(client, "; attempt 1 in "))
            await client.say("meanwhile")
            async with serve(feed.handle, "127.0.0.1", port):
                equal(await client.line(), "hello 2")

                async def has_come():
                    return feed.seen == ["meanwhile"]

                await eventually(has_come)
                await eventually(lambda: told(client, "back after "))
                await client.say("enough")
                equal(await client.wait(), 0)


async def told(client, text):
    return text in client.errors


async def what_is_no_websocket_is_not_tried_again():
    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with krandog("../examples/feed-client.js", f"ws://127.0.0.1:{port}/") as client:
        equal(await client.wait(), 1)
        assert "404" in client.errors and "attempt" not in client.errors, client.errors
    server.close()


run(it_comes_back_and_brings_what_was_typed, what_is_no_websocket_is_not_tried_again)
