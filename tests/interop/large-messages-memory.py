"""Messages that have been answered leave no memory behind, however large they were."""

import asyncio

from peer import equal, krandog, run
from websockets.asyncio.client import connect

MEBIBYTE = 1 << 20
MESSAGES = 150
# Twice what is collected at once, and the program itself; without collecting it would be 300 MiB.
RESIDENT_MAX = 160 * MEBIBYTE


def resident(server):
    with open(f"/proc/{server.child.pid}/statm") as statm:
        return int(statm.read().split()[1]) * 4096


async def echoes_of_a_mebibyte_do_not_pile_up():
    async with krandog("interop/server.js") as server:
        port = int(await server.line())
        async with connect(f"ws://127.0.0.1:{port}", max_size=None, compression=None) as websocket:
            for message in ("x" * MEBIBYTE, b"x" * MEBIBYTE):
                for _ in range(MESSAGES):
                    await websocket.send(message)
                    equal(len(await websocket.recv()), MEBIBYTE)
                if resident(server) > RESIDENT_MAX:
                    raise AssertionError(f"{resident(server) >> 20} MiB are resident")


run(echoes_of_a_mebibyte_do_not_pile_up)
