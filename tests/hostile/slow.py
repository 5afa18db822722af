"""Peers that read too slowly, or not at all, under each policy: what waits for them is bounded, what
they get in the end is whole, and a neighbour does not feel it."""

import asyncio
import contextlib
import json

from hostile import MIB, Neighbour, opened
from peer import equal, krandog, run
from wire import TEXT, frame

SLOW = 10
SIZE = 20_000


@contextlib.asynccontextmanager
async def ticking(policy):
    async with krandog("hostile/slow.js", policy, str(SIZE)) as process:
        port = int(await process.line())
        neighbour = Neighbour(await opened(port, "/neighbour"))
        control = await opened(port, "/control")

        async def publish(rounds):
            await control.send(frame(TEXT, str(rounds).encode()))
            _, answer = await control.frame()
            return json.loads(answer)

        slow = [await opened(port, receive_buffer=4096) for _ in range(SLOW)]
        try:
            yield process, publish, slow
            await neighbour.rounds(3)
            await neighbour.stop()
        finally:
            await neighbour.leave()
        equal(process.child.returncode, None)
        assert "panicked" not in process.errors, process.errors


def resident(process):
    with open(f"/proc/{process.child.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmRSS"))


async def flood(publish, rounds=40, batch=20):
    """Publishes 16 MB for each, in turns between which the kernel is written to."""
    for _ in range(rounds):
        facts = await publish(batch)
    return facts


async def numbers(peer, last):
    """The numbers of the messages that a peer gets, until it has had these, which were the last."""
    seen = []
    while not last <= set(seen):
        opcode, payload = await peer.frame()
        equal(opcode, TEXT)
        number, filler = payload.split(b" ")
        equal(filler, b"x" * SIZE)
        seen.append(int(number))
    return seen


async def what_waits_is_bounded_and_what_comes_is_whole(policy):
    async with ticking(policy) as (process, publish, slow):
        await publish(1)
        before = resident(process)
        facts = await flood(publish)
        grown = resident(process) - before
        # A quarter of a MiB for each, and what is on its way to the kernel.
        assert grown < SLOW * MIB + 32 * MIB, f"{policy}: {grown >> 20} MiB"
        equal(facts["members"], SLOW)
        assert facts["dropped"] > SLOW * 100, facts
        assert facts["most"] < 2 * MIB, facts
        # They read after all: what is sent then comes, and before that whole messages, in order.
        if policy == "drop-new":
            # Until they have caught up, everything is dropped.
            reading = [asyncio.create_task(drain(peer)) for peer in slow]
            await asyncio.sleep(1)
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)
            await publish(1)
            return
        # One for each of five keys.
        last = set(range(facts["published"] - 3, facts["published"] + 2))
        reading = [asyncio.create_task(numbers(peer, last)) for peer in slow]
        await publish(1)
        for seen in await asyncio.gather(*reading):
            equal(len(seen), len(set(seen)))
            if policy == "drop-old":
                equal(seen, sorted(seen))


async def drain(peer):
    while True:
        await peer.frame()


async def under_drop_old():
    await what_waits_is_bounded_and_what_comes_is_whole("drop-old")


async def under_drop_new():
    await what_waits_is_bounded_and_what_comes_is_whole("drop-new")


async def under_coalesce():
    await what_waits_is_bounded_and_what_comes_is_whole("coalesce")


async def under_close():
    async with ticking("close") as (process, publish, slow):
        facts = await flood(publish)
        equal((facts["members"], facts["dropped"]), (0, 0))
        for peer in slow:
            equal(await peer.close_code(), 1013)


run(under_drop_old, under_drop_new, under_coalesce, under_close)
