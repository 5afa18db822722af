"""Users in the workers of one program: all know of them, also when a worker dies."""

import asyncio
import contextlib

from peer import TESTS, equal, eventually, krandog, run
from websockets.asyncio.client import connect


class User:
    def __init__(self, socket, worker):
        self.socket, self.worker = socket, worker

    async def say(self, words):
        await self.socket.send(words)

    async def hear(self):
        return await asyncio.wait_for(self.socket.recv(), 10)

    async def sees(self, wanted):
        """Waits until the worker of this one knows of these users."""

        async def look():
            await self.say("list lobby")
            return await self.hear() == wanted

        await eventually(look)


@contextlib.asynccontextmanager
async def working():
    async with krandog("--workers=3", str(TESTS / "interop/presence.js")) as process:
        ports = {await process.line() for _ in range(3)}
        equal(len(ports), 1)
        yield process, ports.pop()


async def users(port):
    """One in each worker."""
    known = {}
    while len(known) < 3:
        socket = await connect(f"ws://127.0.0.1:{port}/")
        user = User(socket, int(await socket.recv()))
        if known.setdefault(user.worker, user) is not user:
            await socket.close()
    return [known[worker] for worker in (1, 2, 3)]


async def all_workers_know_of_all_users():
    async with working() as (_, port):
        one, two, three = await users(port)
        await one.say("join lobby ann")
        equal(await one.hear(), "join ann")
        await two.sees("ann:1")
        await two.say("join lobby bob")
        # Each event comes once.
        equal([await one.hear(), await two.hear()], ["join bob"] * 2)
        await three.say("join lobby ann")
        await three.sees("ann:2 bob:1")
        await one.sees("ann:2 bob:1")
        await one.say("leave lobby")
        await three.sees("ann:1 bob:1")
        await three.socket.close()
        equal(await two.hear(), "leave ann")
        await one.sees("bob:1")


async def users_of_a_worker_that_dies_are_gone():
    async with working() as (process, port):
        one, two, three = await users(port)
        await two.say("join lobby bob")
        equal(await two.hear(), "join bob")
        await one.sees("bob:1")
        await one.say("join lobby ann")
        equal([await one.hear(), await two.hear()], ["join ann"] * 2)
        await two.say("fail")
        equal(await one.hear(), "leave bob")
        await three.sees("ann:1")
        # The worker that takes its place is told of those who are there.
        equal(await process.line(), port)
        again = (await users(port))[1]
        await again.sees("ann:1")


run(all_workers_know_of_all_users, users_of_a_worker_that_dies_are_gone)
