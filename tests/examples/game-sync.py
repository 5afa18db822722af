"""examples/game-sync.js: who moves, how far, and who cannot cheat."""

import contextlib
import json

from example import connect, example
from peer import equal, get, run


class Player:
    def __init__(self, websocket):
        self.websocket = websocket

    async def hear(self):
        return json.loads(await self.websocket.recv())

    async def go(self, x, y):
        await self.websocket.send(json.dumps([x, y]))

    async def see(self, who, wanted):
        """The first state in which this player is as wanted."""
        while True:
            state = await self.hear()
            if who in ids(state) and wanted(*place(state, who)):
                return state


@contextlib.asynccontextmanager
async def player(port):
    async with connect(port, "/play") as websocket:
        one = Player(websocket)
        one.welcome = await one.hear()
        equal(one.welcome["type"], "welcome")
        one.id = one.welcome["id"]
        yield one


def ids(state):
    return sorted(number for number, *_ in state["players"])


def place(state, who):
    return next((x, y) for number, x, y, _ in state["players"] if number == who)


async def everybody_sees_who_moves():
    async with example("game-sync") as port, player(port) as ada, player(port) as bob:
        await ada.go(-1, 0)
        await bob.see(ada.id, lambda x, y: x == 0)
        await ada.go(1, 0)
        await bob.see(ada.id, lambda x, y: x == bob.welcome["size"])


async def states_are_numbered_and_whole():
    async with example("game-sync") as port, player(port) as ada, player(port) as bob:
        first = await bob.hear()
        second = await bob.hear()
        equal(second["number"], first["number"] + 1)
        equal(ids(second), [ada.id, bob.id])
        equal(len(second["crumbs"]), 24)


async def nobody_is_faster_than_others():
    async with example("game-sync") as port, player(port) as ada, player(port) as bob:
        for one in (ada, bob):
            await one.go(-1, -1)
            await one.see(one.id, lambda x, y: x == 0 and y == 0)
        await ada.go(1e300, 0)
        state = await ada.see(ada.id, lambda x, y: x > 0)
        # A state is 50 ms; the server may have been late with one, and never makes up for it.
        assert place(state, ada.id)[0] <= 19, state
        await bob.go(0.5, 0)
        state = await bob.see(bob.id, lambda x, y: x > 0)
        assert place(state, bob.id)[0] <= 10, state


async def nonsense_ends_one_and_the_game_goes_on():
    wrong = ["", "{}", "[1]", "[1, 2, 3]", '["1", 2]', "[1e999, 0]", "[null, null]", "[" * 99]
    wrong.append(b"[1, 0]")
    async with example("game-sync") as port, player(port) as ada:
        for data in wrong:
            async with player(port) as bob:
                await bob.websocket.send(data)
                await bob.websocket.wait_closed()
                equal((data, bob.websocket.close_code), (data, 1008))
        await ada.go(-1, 0)
        state = await ada.see(ada.id, lambda x, y: x == 0)
        equal(len(state["players"]), 1)


async def a_flood_moves_nobody_faster_and_nobody_else_waits():
    async with example("game-sync") as port, player(port) as ada, player(port) as bob:
        for number in range(2000):
            await ada.go(-1, number % 2)
        await bob.go(-1, 0)
        await bob.see(bob.id, lambda x, y: x == 0)


async def the_page_is_served():
    async with example("game-sync") as port:
        for target in ["/", "/page.js", "/page.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/nowhere"))[0], 404)


run(
    everybody_sees_who_moves,
    states_are_numbered_and_whole,
    nobody_is_faster_than_others,
    nonsense_ends_one_and_the_game_goes_on,
    a_flood_moves_nobody_faster_and_nobody_else_waits,
    the_page_is_served,
)
