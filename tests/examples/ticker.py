"""examples/ticker.js: everybody hears each price, and who reads slowly the latest ones."""

import asyncio
import contextlib
import json
import socket

from example import connect, example
from peer import equal, get, run
from websockets.asyncio.client import connect as websocket


class Reader:
    """Follows the numbers of each symbol, and counts what was left out."""

    def __init__(self, websocket):
        self.websocket = websocket
        self.numbers = {}
        self.left_out = 0

    async def hear(self):
        message = json.loads(await self.websocket.recv())
        if message["type"] == "all":
            self.numbers = {price["symbol"]: price["number"] for price in message["prices"]}
            return message
        gap = message["number"] - self.numbers[message["symbol"]] - 1
        assert gap >= 0, f"{message} came after {self.numbers}"
        self.left_out += gap
        self.numbers[message["symbol"]] = message["number"]
        return message


async def stats(port):
    status, body = await get(port, "/stats")
    equal(status, 200)
    return json.loads(body)


async def everybody_hears_each_price():
    async with example("ticker") as port, contextlib.AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(connect(port, "/prices")) for _ in range(30)]
        readers = [Reader(socket) for socket in sockets]
        for reader in readers:
            first = await reader.hear()
            equal((first["type"], len(first["prices"])), ("all", 12))
        for reader in readers:
            for _ in range(20):
                price = await reader.hear()
                equal((price["type"], price["price"] >= 1), ("price", True))
            equal(reader.left_out, 0)
        equal((await stats(port))["readers"], 30)


async def who_reads_slowly_gets_the_latest_and_delays_nobody():
    async with example("ticker", RATE="2000") as port, connect(port, "/prices") as fast:
        # Little fits between the server and a reader with a small buffer, which reads nothing.
        buffer = socket.socket()
        buffer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        buffer.connect(("127.0.0.1", port))
        url = f"ws://localhost:{port}/prices"
        async with websocket(url, sock=buffer, max_queue=1) as slow:
            fast, slow = Reader(fast), Reader(slow)
            await slow.hear()

            async def follow():
                while True:
                    await fast.hear()

            following = asyncio.create_task(follow())
            while (await stats(port))["dropped"] < 1000:
                await asyncio.sleep(0.05)
            numbers = (await stats(port))["published"]
            # It has missed some, and is at the present as soon as it has read what was on its way.
            while slow.left_out == 0 or sum(slow.numbers.values()) < numbers:
                await slow.hear()
            assert not following.done(), following.exception()
            following.cancel()
            equal(fast.left_out, 0)
            # What nobody reads would hold up the closing handshake.
            slow.websocket.transport.abort()
        assert (await stats(port))["dropped"] >= slow.left_out


async def who_talks_is_shown_out():
    async with example("ticker") as port:
        async with connect(port, "/prices") as websocket:
            await websocket.send("hello")
            await websocket.wait_closed()
            equal(websocket.close_code, 1008)


async def the_page_is_served():
    async with example("ticker") as port:
        for target in ["/", "/page.js", "/page.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/nowhere"))[0], 404)


run(
    everybody_hears_each_price,
    who_reads_slowly_gets_the_latest_and_delays_nobody,
    who_talks_is_shown_out,
    the_page_is_served,
)
