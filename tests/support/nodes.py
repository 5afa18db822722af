"""Nodes of a chat whose hubs hear each other over a bus, and their clients."""

import asyncio
import contextlib
import json

from peer import equal, krandog
from websockets.asyncio.client import connect


class Node:
    """A krandog with a hub on a bus."""

    def __init__(self, process):
        self.process = process
        self.port = None
        self.news = []

    async def expect(self, *words):
        """Waits until the node has said this; what comes before is kept."""
        while True:
            if list(words) in self.news:
                self.news.remove(list(words))
                return
            await self.read()

    async def start(self):
        while self.port is None:
            await self.read()

    async def read(self):
        said = json.loads(await self.process.line())
        if said[0] == "port":
            self.port = said[1]
        else:
            self.news.append(said)


@contextlib.asynccontextmanager
async def nodes(count, url, up=True, **environment):
    async with contextlib.AsyncExitStack() as stack:
        all_nodes = []
        for _ in range(count):
            running = krandog("interop/bus-node.js", url, **environment)
            node = Node(await stack.enter_async_context(running))
            await node.start()
            all_nodes.append(node)
        if up:
            for node in all_nodes:
                await node.expect("up", "")
        yield all_nodes


class Client:
    def __init__(self, socket):
        self.socket = socket
        self.got = []

    async def do(self, *words):
        """Has the node do something; what else comes is kept."""
        await self.socket.send(" ".join(words))
        while (text := await asyncio.wait_for(self.socket.recv(), 10)) != f"done {words[0]}":
            self.got.append(text)

    async def tried(self):
        """Whether something has come, after a moment."""
        try:
            self.got.append(await asyncio.wait_for(self.socket.recv(), 0.1))
        except TimeoutError:
            return False
        return True

    async def hear(self):
        if self.got:
            return self.got.pop(0)
        # Sooner than the next ping to the broker, which would also wake the node.
        return await asyncio.wait_for(self.socket.recv(), 5)


@contextlib.asynccontextmanager
async def client(node):
    async with connect(f"ws://127.0.0.1:{node.port}") as socket:
        yield Client(socket)


@contextlib.asynccontextmanager
async def members(count, port, origin):
    """Clients of a balancer, each of which has joined the room."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for _ in range(count):
            socket = connect(f"ws://127.0.0.1:{port}", origin=origin)
            found.append(Client(await stack.enter_async_context(socket)))
            await found[-1].do("join", "chat")
        yield found


@contextlib.asynccontextmanager
async def liar(answer, scheme):
    """A server that says this to whoever connects, and closes."""

    async def serve(reader, writer):
        with contextlib.suppress(OSError):
            if scheme == "redis":
                await reader.read(1)
            writer.write(answer)
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def a_broker_that_goes_and_comes_back_is_a_gap(server, heard_by_both):
    """Kills a broker and starts it anew; `heard_by_both` waits until two nodes hear the room."""
    async with nodes(2, server.url) as (a, b):
        async with client(a) as one, client(b) as two:
            await one.do("join", "chat")
            await two.do("join", "chat")
            await heard_by_both()
            await server.kill()
            for node in (a, b):
                await node.expect("down", "ECONNRESET")
            # Rooms of one process need no bus, and what waits for it is sent when it is back.
            async with client(a) as neighbour:
                await neighbour.do("say", "chat", "meanwhile")
                equal(await one.hear(), "meanwhile")
            await server.start()
            for node in (a, b):
                await node.expect("gap", "reconnect")
                await node.expect("up", "")
            # Whether the other node was back in time is not known; nothing comes twice, or late.
            await one.do("say", "chat", "after")
            heard = [await two.hear()]
            if heard != ["after"]:
                heard.append(await two.hear())
                equal(heard, ["meanwhile", "after"])
