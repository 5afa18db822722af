"""Peers in numbers: more than there is room for, coming and going. A neighbour must not feel it."""

import asyncio

from hostile import MIB, Neighbour, connect, opened, request, serving
from peer import equal, run
from wire import TEXT, frame, handshake


async def settled(look, wanted):
    """Waits until it is what it was."""
    while look() > wanted:
        await asyncio.sleep(0.02)


async def ten_thousand_come_and_go():
    async def come_and_go(port, number):
        peer = await connect(port)
        kind = number % 5
        if kind == 0:
            # One that asks and leaves without its answer.
            await peer.send(request("/"))
        elif kind == 1:
            await peer.send(handshake() + frame(TEXT, b"hello"))
        elif kind == 2:
            await peer.send(handshake("/close"))
            await peer.head()
            await peer.send(frame(TEXT, b"bye"))
        elif kind == 3:
            await peer.send(handshake()[:30])
        # One in two resets.
        if number % 2:
            peer.reset()
        else:
            peer.close()

    async def crowd(server, count):
        for start in range(0, count, 50):
            await asyncio.gather(*(come_and_go(server.port, start + at) for at in range(50)))
        await settled(server.descriptors, descriptors)

    async with serving("hostile/forgetful.js", websocket={"handshakeTimeout": 500}) as server:
        descriptors = server.descriptors()
        # What a first crowd needs is kept for the next one.
        await crowd(server, 2000)
        before = server.memory()
        await crowd(server, 8000)
        grown = server.memory() - before
        assert grown < 8 * MIB, f"{grown >> 10} KiB more after 8000 connections"


async def more_than_there_may_be_are_told_503():
    async with serving(websocket={"maxConnections": 10}) as server:
        # The neighbour is the first of the ten.
        inside = [await opened(server.port) for _ in range(9)]
        outside = [await connect(server.port) for _ in range(200)]
        for peer in outside:
            equal(await peer.status(), 503)
            peer.close()
        for peer in inside:
            await peer.send(frame(TEXT, b"still here"))
            equal(await peer.frame(), (TEXT, b"still here"))
        inside.pop().close()

        async def welcome():
            while True:
                peer = await connect(server.port)
                await peer.send(handshake())
                if await peer.status() == 101:
                    return peer
                peer.close()
                await asyncio.sleep(0.02)

        await welcome()


async def running_out_of_descriptors_is_survived():
    async with serving(descriptors=64) as server:
        peers = [await connect(server.port) for _ in range(100)]
        await settled(lambda: 64 - server.descriptors(), 0)
        await server.neighbour.rounds(5)
        # The neighbour is quiet for a moment: whatever is used now is a busy loop.
        await server.neighbour.stop()
        await server.neighbour.leave()
        before = server.cpu()
        await asyncio.sleep(0.5)
        used = server.cpu() - before
        assert used < 0.2, f"{used} s of processor time in half a second"
        equal(server.process.errors.count("cannot accept"), 1)
        # Room for one is enough for the next.
        peers.pop(0).reset()
        for peer in peers:
            peer.reset()
        server.neighbour = Neighbour(await opened(server.port))
        await server.neighbour.rounds(5)


run(
    ten_thousand_come_and_go,
    more_than_there_may_be_are_told_503,
    running_out_of_descriptors_is_survived,
)
