"""examples/signalling.js: two find each other, and a third stays outside."""

import contextlib
import json

from example import connect, example
from peer import equal, get, run
from websockets import ConnectionClosed, InvalidStatus


@contextlib.asynccontextmanager
async def caller(port, call="/call/amber-birch-7"):
    async with connect(port, call) as websocket:

        async def hear():
            return json.loads(await websocket.recv())

        yield websocket, hear


async def two_find_each_other():
    async with example("signalling") as port, caller(port) as (ada, ada_hears):
        welcome = {"type": "welcome", "other": False, "ice": []}
        equal(await ada_hears(), welcome)
        async with caller(port) as (bob, bob_hears):
            equal(await bob_hears(), {**welcome, "other": True})
            equal(await ada_hears(), {"type": "arrived"})
            # What they say is theirs alone, and goes through as it is.
            for words in ['{"type": "description"}', "not JSON", "🦝"]:
                await bob.send(words)
                equal(await ada.recv(), words)
                await ada.send(words)
                equal(await bob.recv(), words)
            await ada.send(b"\x00\xff")
            equal(await bob.recv(), b"\x00\xff")
        equal(await ada_hears(), {"type": "left"})
        # The place is free again.
        async with caller(port) as (_, hears):
            equal((await hears())["other"], True)


async def a_third_stays_outside():
    async with example("signalling") as port:
        async with caller(port) as (ada, ada_hears), caller(port) as (bob, bob_hears):
            await ada_hears(), await bob_hears(), await ada_hears()
            async with caller(port) as (eve, _):
                with contextlib.suppress(ConnectionClosed):
                    await eve.send("let me in")
                await eve.wait_closed()
                equal(eve.close_code, 4009)
            async with caller(port, "/call/another") as (_, eve_hears):
                equal((await eve_hears())["other"], False)
            # Neither has heard of it.
            await bob.send("still here")
            equal(await ada.recv(), "still here")


async def a_call_has_a_name():
    async with example("signalling") as port:
        for path in ["/", "/call/", "/call/A", "/call/a/b", "/call/" + "a" * 41, "/call/%2e"]:
            try:
                async with caller(port, path):
                    raise AssertionError(f"{path} is a call")
            except InvalidStatus as refusal:
                equal((path, refusal.response.status_code), (path, 404))


async def the_servers_that_help_are_told():
    servers = [{"urls": "stun:stun.example.com"}]
    async with example("signalling", ICE=json.dumps(servers)) as port:
        async with caller(port) as (_, hears):
            equal((await hears())["ice"], servers)


async def the_page_is_served():
    async with example("signalling") as port:
        for target in ["/", "/page.js", "/page.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/call/amber"))[0], 426)


run(
    two_find_each_other,
    a_third_stays_outside,
    a_call_has_a_name,
    the_servers_that_help_are_told,
    the_page_is_served,
)
