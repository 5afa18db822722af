"""Users of several nodes over redis-server, and a node whose broker is away."""

import asyncio
import contextlib
import json

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


async def lies_on_the_channel_are_survived():
    async with redis() as server, node(server.url) as one:
        await one.says(200)
        await one.socket.send("join lobby ann")
        equal(await one.hear(), "join ann")
        room = "\x01line/presence#1"
        user = ["lobby", "liar", None, 0, 0, 1]
        lies = [
            "",
            "{",
            "[" * 10_000,
            "null",
            "{}",
            '[1,"put"]',
            *(
                json.dumps([1, kind, "liar", said, 50, what])
                for kind in ("put", "drop", "part", "want", "beat", "bye", "constructor", "")
                for said in (0, 1, 2**53, -1, 0.5, "1")
                for what in (
                    None,
                    7,
                    [],
                    {},
                    ["lobby", "ann"],
                    ["lobby", {}],
                    [{}, "ann", None, 0, 0, 1],
                    ["lobby", "x" * 300, None, 0, 0, 1],
                    ["lobby", "", None, 0, 0, 1],
                    ["lobby", "liar", None, -1, 0, 1],
                    ["lobby", "liar", None, 0, 0, 1e300],
                    {"index": 0, "isLast": True, "users": 5},
                    {"index": 5, "isLast": True, "users": [user]},
                    {"index": 0, "isLast": True, "users": [None, 5, [], {}]},
                )
            ),
            json.dumps([1, "part", "liar", 3, 50, {"index": 0, "isLast": True, "users": [user]}]),
        ]
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for number, lie in enumerate(lies, 1):
            # An envelope: version, flags, node, epoch, number, what it follows, room.
            count = chr(number & 0x7F | 0x80) + chr(number >> 7)
            head = f"\x01\x0911111111{'1' * 4}{count}\0{chr(len(room))}{room}"
            words = [b"PUBLISH", f"krandog:room:{room}".encode()]
            words.append(head.encode("latin-1") + lie.encode())
            bulk = b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)
            writer.write(b"*3\r\n" + bulk)
            # One node hears it.
            equal(await reader.readline(), b":1\r\n")
        writer.close()
        # The last one is believed, and is not heard of again.
        equal(await one.hear(), "join liar")
        equal(await one.hear(), "leave liar")
        await one.sees("ann:1")


run(lies_on_the_channel_are_survived, nodes_know_of_each_others_users, a_node_without_its_broker_is_not_ready)
