"""Three nodes of a chat, each with a proxy between it and the bus that delays, stalls and cuts; nodes
and the bus are killed. Everything happens by chance, of which the seed is printed.

Checked: nothing comes twice, what one client sends to a room comes in its order, and each loss is
covered by a gap that the node was told of. `KRANDOG_CHAOS_SECONDS` and `KRANDOG_CHAOS_SEED` choose how
long, and which.
"""

import asyncio
import contextlib
import json
import os
import random
import time

from peer import krandog
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

ROOMS = ["red", "green", "blue"]
SECONDS = float(os.environ.get("KRANDOG_CHAOS_SECONDS", 6))
SEED = int(os.environ.get("KRANDOG_CHAOS_SEED", time.time()))


class Proxy:
    """Passes bytes on to the bus, as long as nothing is in the way."""

    def __init__(self, port, chance):
        self.bus = port
        self.chance = chance
        self.streams = set()
        self.delay = 0
        self.flows = asyncio.Event()
        self.flows.set()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            onward = await asyncio.open_connection("127.0.0.1", self.bus)
        except OSError:
            writer.close()
            return
        pair = (writer, onward[1])
        self.streams.add(pair)
        try:
            await asyncio.gather(self.pass_on(reader, pair[1]), self.pass_on(onward[0], writer))
        finally:
            self.streams.discard(pair)

    async def pass_on(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                await self.flows.wait()
                if self.delay:
                    await asyncio.sleep(self.delay * self.chance.random())
                # In pieces, so that a cut goes through the middle of something.
                for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
                    writer.write(piece)
                    await writer.drain()
        writer.close()

    def cut(self):
        for pair in list(self.streams):
            for writer in pair:
                writer.transport.abort()

    def heal(self):
        self.delay = 0
        self.flows.set()

    async def end(self):
        self.heal()
        self.cut()
        self.server.close()


class Node:
    """A krandog, since it was started last, and what its clients have heard."""

    def __init__(self, number, proxy, url):
        self.number, self.proxy, self.url = number, proxy, url
        self.starts = 0
        self.lives = []

    async def start(self, stack):
        self.life = Life(f"{self.number}.{self.starts}")
        self.lives.append(self.life)
        self.starts += 1
        url = self.url(self.proxy.port)
        self.process = await stack.enter_async_context(krandog("interop/chaos-node.js", url))
        self.life.port = json.loads(await self.process.line())["port"]
        self.reading = asyncio.create_task(self.read(self.process, self.life))
        self.clients = [Client(f"{self.life.name}.{name}", self.life) for name in "ab"]
        for client in self.clients:
            await client.start()

    async def read(self, process, life):
        with contextlib.suppress(AssertionError):
            while True:
                said = json.loads(await process.line(600))
                if "gap" in said:
                    life.gaps.append((time.monotonic(), said["room"], said["gap"]))
                life.connected = said.get("connected", life.connected)

    async def kill(self):
        self.life.ended = True
        self.process.child.kill()
        await self.process.child.wait()
        for client in self.clients:
            await client.end()


class Life:
    def __init__(self, name):
        self.name = name
        self.gaps = []
        self.heard = []
        self.connected = False
        self.ended = False


class Client:
    """Is in all rooms, says something numbered in each, and writes down what it hears."""

    def __init__(self, name, life):
        self.name, self.life = name, life
        self.heard = []
        life.heard.append(self.heard)

    async def start(self):
        self.socket = await connect(f"ws://127.0.0.1:{self.life.port}", max_queue=None)
        for room in ROOMS:
            await self.socket.send(f"join {room}")
        self.reading = asyncio.create_task(self.read())

    async def read(self):
        with contextlib.suppress(ConnectionClosed):
            async for text in self.socket:
                self.heard.append(text)

    async def say(self, room, number):
        await self.socket.send(f"say {room} {room}/{self.name}/{number}")

    async def end(self):
        with contextlib.suppress(ConnectionClosed, OSError):
            await self.socket.close()
        await self.reading


class Chaos:
    def __init__(self, bus, url):
        self.bus, self.url = bus, url
        self.chance = random.Random(SEED)
        # What was said, by room and client: when each was.
        self.said = {}
        self.did = []
        self.missing = 0

    async def say(self, node, room):
        client = self.chance.choice(node.clients)
        times = self.said.setdefault((room, client.name), [])
        times.append(time.monotonic())
        await client.say(room, len(times) - 1)

    async def run(self):
        async with contextlib.AsyncExitStack() as stack:
            self.stack = stack
            self.nodes = []
            for number in range(3):
                proxy = Proxy(self.bus.port, self.chance)
                await proxy.start()
                self.nodes.append(Node(number, proxy, self.url))
                await self.nodes[-1].start(stack)
            await self.settle()
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                for _ in range(20):
                    await self.say(self.chance.choice(self.nodes), self.chance.choice(ROOMS))
                    await asyncio.sleep(self.chance.random() * 0.01)
                if self.chance.random() < 0.5:
                    await self.disturb()
            await self.settle()
            lives = [life for node in self.nodes for life in node.lives]
            for life in lives:
                self.check(life)
            said = sum(len(times) for times in self.said.values())
            gaps = sum(len(life.gaps) for life in lives)
            print(f"{len(lives)} lives, {said} messages, {self.missing} missing, {gaps} gaps")
            for node in self.nodes:
                await node.kill()
                await node.proxy.end()

    async def disturb(self):
        node = self.chance.choice(self.nodes)
        what = self.chance.choices(
            ["cut", "delay", "stall", "silent", "heal", "kill node", "kill bus"],
            [6, 3, 3, 2, 4, 1, 1],
        )[0]
        self.did.append(f"{what} {node.number}")
        if what == "cut":
            node.proxy.cut()
        elif what == "delay":
            node.proxy.delay = 0.2
        elif what == "stall":
            node.proxy.flows.clear()
        elif what == "silent":
            # Half open: nothing passes, and then the other end is gone.
            node.proxy.flows.clear()
            await asyncio.sleep(self.chance.random())
            node.proxy.cut()
            node.proxy.heal()
        elif what == "heal":
            node.proxy.heal()
        elif what == "kill node":
            await node.kill()
            await node.start(self.stack)
        else:
            await self.bus.kill()
            await asyncio.sleep(self.chance.random())
            await self.bus.start()

    async def settle(self):
        """All is well again: everybody hears everybody, in the end."""
        for node in self.nodes:
            node.proxy.heal()
        deadline = time.monotonic() + 40
        while not all(node.life.connected for node in self.nodes):
            assert time.monotonic() < deadline, "a node does not come back to the bus"
            await asyncio.sleep(0.05)
        # What is said before a node has all its rooms again may not come.
        pending = {(node, room) for node in self.nodes for room in ROOMS}
        while pending:
            assert time.monotonic() < deadline, f"nothing comes from {len(pending)} of them"
            for node, room in list(pending):
                await self.say(node, room)
            await asyncio.sleep(0.2)
            for node, room in list(pending):
                if all(self.has_heard(other, node, room) for other in self.nodes):
                    pending.discard((node, room))
        # Both clients of each have said something that comes behind all that was lost.
        for node in self.nodes:
            for client in node.clients:
                for room in ROOMS:
                    times = self.said.setdefault((room, client.name), [])
                    times.append(time.monotonic())
                    await client.say(room, len(times) - 1)
        last = {key: len(times) - 1 for key, times in self.said.items() if self.lives(key[1])}
        while not all(self.has_all(node, last) for node in self.nodes):
            assert time.monotonic() < deadline, "what was said last does not come"
            await asyncio.sleep(0.05)

    def lives(self, client):
        return any(client.startswith(f"{node.life.name}.") for node in self.nodes)

    def has_all(self, node, last):
        wanted = {f"{room}/{client}/{number}" for (room, client), number in last.items()}
        return all(wanted <= set(heard) for heard in node.life.heard)

    def has_heard(self, listener, speaker, room):
        """Whether it has heard one of the last things that the other has said there."""
        for client in speaker.clients:
            times = self.said.get((room, client.name), [])
            tail = {f"{room}/{client.name}/{number}" for number in range(len(times))[-5:]}
            if tail & set(listener.life.heard[0][-400:]):
                return True
        return False

    def check(self, life):
        for heard in life.heard:
            last = {}
            for text in heard:
                room, client, number = text.split("/")
                before = last.get((room, client), -1)
                assert int(number) > before, f"{life.name} heard {text} after {before}"
                last[room, client] = int(number)
        if life.ended:
            return
        for (room, client), times in self.said.items():
            for heard in life.heard:
                self.check_losses(life, room, client, times, heard)

    def check_losses(self, life, room, client, times, heard):
        came = {int(text.split("/")[2]) for text in heard if text.startswith(f"{room}/{client}/")}
        if not came or not self.lives(client):
            # Nobody knows what a node had not sent when it was killed.
            return
        for number in range(min(came), len(times)):
            if number in came:
                continue
            self.missing += 1
            told = [gap for gap in life.gaps if gap[0] >= times[number] and gap[1] in (None, room)]
            assert told, f"{life.name} was not told that {room}/{client}/{number} is missing"
        if client.startswith(life.name):
            # Rooms of one process need no bus.
            assert came == set(range(min(came), len(times))), f"{life.name} missed its own"


async def chaos(bus, url):
    print(f"KRANDOG_CHAOS_SEED={SEED} repeats it, as far as time allows")
    world = Chaos(bus, url)
    try:
        await world.run()
    except BaseException:
        print("it did:", ", ".join(world.did))
        raise
