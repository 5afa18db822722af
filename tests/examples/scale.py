"""examples/scale: one command, three nodes, and everybody hears everybody."""

import asyncio
import contextlib
import os
import signal

from peer import KRANDOG, TESTS, equal, free_port, run
from websockets.asyncio.client import connect


@contextlib.asynccontextmanager
async def started(**environment):
    """The command, and the ports that its nodes listen on, once each has said so."""
    ports = []
    while len(ports) != 3:
        first = free_port()
        ports = [first, first + 1, first + 2] if first < 65_000 else []
    settings = {"KRANDOG": KRANDOG, "PORT": str(first), "BUS_PORT": str(free_port())}
    child = await asyncio.create_subprocess_exec(
        str(TESTS / "../examples/scale/start"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **settings, **environment},
    )
    try:
        count = 1 if environment.get("BUS") == "none" else 3
        said = {(await asyncio.wait_for(child.stdout.readline(), 20)).decode() for _ in range(count)}
        equal(said, {f"http://localhost:{port}/\n" for port in ports[:count]})
        yield ports[:count] if count == 3 else [first] * 3
    finally:
        child.send_signal(signal.SIGTERM)
        await asyncio.wait_for(child.wait(), 10)


async def everybody_hears_everybody(ports):
    async with contextlib.AsyncExitStack() as stack:
        sockets = []
        for port in ports:
            socket = connect(f"ws://localhost:{port}/", max_queue=None)
            sockets.append(await stack.enter_async_context(socket))
        for speaker in sockets:
            # The bus may not be there yet.
            heard = set()
            while len(heard) < len(sockets):
                await speaker.send(f"{id(speaker)}")
                await asyncio.sleep(0.05)
                for listener in sockets:
                    with contextlib.suppress(TimeoutError):
                        while True:
                            text = await asyncio.wait_for(listener.recv(), 0.02)
                            if text.endswith(f" {id(speaker)}"):
                                heard.add(listener)


async def three_nodes_hear_each_other_over_whatever_is_installed():
    async with started() as ports:
        await everybody_hears_everybody(ports)


async def without_a_broker_three_workers_do():
    async with started(BUS="none") as ports:
        await everybody_hears_everybody(ports)


run(
    three_nodes_hear_each_other_over_whatever_is_installed,
    without_a_broker_three_workers_do,
)
