"""examples/broadcast.js sends every message to everybody who has sent one."""

from example import connect, example
from peer import equal, eventually, get, run


async def reaches_everybody():
    async with example("broadcast") as port:
        async with connect(port) as one, connect(port) as two, connect(port) as silent:
            await one.send("first")
            equal(await one.recv(), "first")
            await two.send(b"\x00second")
            for websocket in (one, two):
                equal(await websocket.recv(), b"\x00second")
            # Whoever leaves is not counted any more.
            await one.close()

            async def one_is_left():
                return (await get(port))[1].startswith(b"1 clients")

            await eventually(one_is_left)
            await two.send("third")
            equal(await two.recv(), "third")
            await silent.send("fourth")
            equal(await silent.recv(), "fourth")


run(reaches_everybody)
