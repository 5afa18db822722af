"""Users of several nodes over redis-server, and a node whose broker is away."""

import asyncio
import contextlib

from peer import TESTS, equal, eventually, get, krandog, run
from redis import redis
from websockets.asyncio.client import connect


class Node:
    def __init__(self, process, port, socket):
        self.process, self.port, self.socket = process, port, socket

    async def hear(self):
        return await asyncio.wait_for(self.socket.recv(), 10)

    async def sees(self, wanted):
        async def look():
            await self.socket.send("list lobby")
            return await self.hear() == wanted

        await eventually(look)

    async def says(self, status):
        async def look():
            return (await get(self.port, "/readyz"))[0] == status

        await eventually(look)


@contextlib.asynccontextmanager
async def node(url):
    async with krandog("--bus", url, str(TESTS / "interop/presence.js")) as process:
        port = await process.line()
        async with connect(f"ws://127.0.0.1:{port}/") as socket:
            await socket.recv()
            yield Node(process, port, socket)


async def nodes_know_of_each_others_users():
    async with redis() as server, node(server.url) as one, contextlib.AsyncExitStack() as stack:
        two = await stack.enter_async_context(node(server.url))
        await one.socket.send("join lobby ann")
        equal(await one.hear(), "join ann")
        await two.sees("ann:1")
        await two.socket.send("join lobby bob")
        equal([await one.hear(), await two.hear()], ["join bob"] * 2)
        # Who is killed says nothing.
        two.process.child.kill()
        equal(await one.hear(), "leave bob")
        async with node(server.url) as three:
            await three.sees("ann:1")


async def a_node_without_its_broker_is_not_ready():
    async with redis() as server, node(server.url) as one, node(server.url) as two:
        await one.says(200)
        await one.socket.send("join lobby ann")
        equal(await one.hear(), "join ann")
        await two.sees("ann:1")
        await server.kill()
        await one.says(503)
        equal((await get(one.port, "/healthz"))[0], 200)
        await one.sees("ann:1")
        # Of whom nothing is heard, nothing is known.
        await two.sees("")
        await server.start()
        await one.says(200)
        await two.sees("ann:1")


run(nodes_know_of_each_others_users, a_node_without_its_broker_is_not_ready)
