"""examples/rooms-chat.js: who is where, what was missed, and what is refused."""

import contextlib
import json

from example import connect, example
from peer import equal, get, run


class Guest:
    def __init__(self, websocket):
        self.websocket = websocket

    async def send(self, type, **message):
        await self.websocket.send(json.dumps({"type": type, **message}))

    async def hear(self, kind):
        """The next message of that kind; lists of rooms come at any time, and others not."""
        while True:
            message = json.loads(await self.websocket.recv())
            if message["type"] == kind:
                return message
            assert message["type"] == "rooms", f"{message} instead of {kind}"

    async def enter(self, room, since=None):
        """What was said, and then who is there."""
        await self.send("enter", room=room, since=since)
        said = []
        while True:
            message = json.loads(await self.websocket.recv())
            if message["type"] == "message":
                said.append(message)
            elif message["type"] == "entered":
                return [one["text"] for one in said], message
            else:
                assert message["type"] in ("rooms", "came"), message


@contextlib.asynccontextmanager
async def guest(port, name):
    async with connect(port, "/chat") as websocket:
        person = Guest(websocket)
        await person.send("hello", secret=f"the secret of {name}", name=name)
        person.id = (await person.hear("welcome"))["id"]
        yield person


def names(entered):
    return [person["name"] for person in entered["people"]]


def position(message):
    return {"epoch": message["epoch"], "offset": message["offset"]}


async def rooms_are_apart():
    async with example("rooms-chat") as port, guest(port, "Ada") as ada, guest(port, "Bob") as bob:
        await ada.enter("games")
        _, entered = await bob.enter("games")
        equal((entered["status"], names(entered)), ("fresh", ["Ada", "Bob"]))
        equal((await ada.hear("came"))["name"], "Bob")
        await ada.enter("music")
        await ada.send("say", room="music", text="for nobody")
        await ada.hear("message")
        await ada.send("say", room="games", text=" <b>hello</b> 🦝 ")
        for person in (ada, bob):
            message = await person.hear("message")
            equal((message["name"], message["text"]), ("Ada", "<b>hello</b> 🦝"))
        await bob.send("rename", name="Eve")
        await bob.hear("welcome")
        equal((await ada.hear("renamed"))["name"], "Eve")
        await bob.send("leave", room="games")
        equal((await ada.hear("gone"))["name"], "Eve")
        await bob.send("say", room="games", text="from outside")
        # He hears of his own change of name, and of nothing since he has left.
        equal((await bob.hear("renamed"))["name"], "Eve")
        equal((await bob.hear("error"))["message"], "you are not in that room")


async def who_comes_back_gets_what_was_missed():
    async with example("rooms-chat") as port, guest(port, "Ada") as ada:
        await ada.enter("games")
        async with guest(port, "Bob") as bob:
            await bob.enter("games")
            await ada.hear("came")
            await ada.send("say", room="games", text="one")
            seen = position(await bob.hear("message"))
        for text in ["two", "three"]:
            await ada.send("say", room="games", text=text)
        for _ in range(3):
            await ada.hear("message")
        async with guest(port, "Bob") as bob:
            said, entered = await bob.enter("games", seen)
            equal((said, entered["status"]), (["two", "three"], "recovered"))
            # He was away for so short a time that nobody has noticed.
            equal(names(entered), ["Ada", "Bob"])
        async with guest(port, "Late") as late:
            said, entered = await late.enter("games")
            equal((said, entered["status"]), (["one", "two", "three"], "fresh"))
        equal((await ada.hear("came"))["name"], "Late")
        async with guest(port, "Lost") as lost:
            said, entered = await lost.enter("games", {"epoch": "of another server", "offset": 7})
            equal((said, entered["status"]), (["one", "two", "three"], "lost"))


async def two_tabs_are_one_person():
    async with example("rooms-chat") as port, guest(port, "Ada") as ada:
        async with guest(port, "Bob") as first, guest(port, "Bob") as second:
            equal(first.id, second.id)
            await first.enter("games")
            _, entered = await second.enter("games")
            equal(names(entered), ["Bob"])
            await ada.enter("games")
        async with guest(port, "Bob") as again:
            equal(again.id, first.id)
        # What is told of people never contains the secret.
        _, entered = await ada.enter("games")
        assert "secret" not in json.dumps(entered)


async def the_list_tells_where_people_are():
    async with example("rooms-chat") as port, guest(port, "Ada") as ada, guest(port, "Bob") as bob:
        await ada.enter("games")
        await ada.enter("music")
        await bob.enter("music")
        while (await rooms(bob)) != [["music", 2], ["games", 1]]:
            pass


async def rooms(person):
    while True:
        message = json.loads(await person.websocket.recv())
        if message["type"] == "rooms":
            return message["rooms"]


async def nonsense_is_refused_and_the_room_goes_on():
    wrong = [
        "nonsense",
        "null",
        "[]",
        '"hello"',
        '{"type": "toString"}',
        '{"type": "hello", "secret": "the secret of Ada", "name": "Ada"}',
        '{"type": "enter"}',
        '{"type": "enter", "room": ""}',
        '{"type": "enter", "room": "<b>"}',
        '{"type": "enter", "room": ["games"]}',
        '{"type": "say", "room": "games", "text": ""}',
        '{"type": "say", "room": "games", "text": ["x"]}',
        '{"type": "say", "room": "games", "text": "' + "x" * 2001 + '"}',
        '{"type": "rename", "name": "\\u202e"}',
        b"\x00\xff",
    ]
    async with example("rooms-chat") as port, guest(port, "Ada") as ada:
        await ada.enter("games")
        for data in wrong:
            await ada.websocket.send(data)
            await ada.hear("error")
        await ada.send("say", room="games", text="fine")
        equal((await ada.hear("message"))["text"], "fine")
        async with connect(port, "/chat") as websocket:
            eve = Guest(websocket)
            await eve.send("enter", room="games")
            await eve.hear("error")
            await eve.send("hello", secret="short", name="Eve")
            await eve.hear("error")


async def a_tab_is_in_few_rooms():
    async with example("rooms-chat") as port, guest(port, "Ada") as ada:
        for number in range(10):
            await ada.enter(f"room-{number}")
        await ada.send("enter", room="one-more")
        assert "10 rooms" in (await ada.hear("error"))["message"]


async def the_page_is_served():
    async with example("rooms-chat") as port:
        for target in ["/", "/page.js", "/page.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/nowhere"))[0], 404)


run(
    rooms_are_apart,
    who_comes_back_gets_what_was_missed,
    two_tabs_are_one_person,
    the_list_tells_where_people_are,
    nonsense_is_refused_and_the_room_goes_on,
    a_tab_is_in_few_rooms,
    the_page_is_served,
)
