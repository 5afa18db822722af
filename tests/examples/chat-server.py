"""examples/chat-server.js: the room, by its protocol."""

import contextlib
import json

from example import connect, example
from peer import equal, get, run


class Guest:
    def __init__(self, websocket):
        self.websocket = websocket

    async def send(self, **message):
        await self.websocket.send(json.dumps(message))

    async def hear(self, kind):
        message = json.loads(await self.websocket.recv())
        equal(message["type"], kind)
        return message


@contextlib.asynccontextmanager
async def guest(port, name):
    async with connect(port) as websocket:
        person = Guest(websocket)
        await person.send(type="join", name=name)
        person.welcome = await person.hear("welcome")
        yield person


def names(welcome):
    return [person["name"] for person in welcome["online"]]


async def two_people_hear_each_other():
    async with example("chat-server") as port, guest(port, "Ada") as ada:
        equal(names(ada.welcome), ["Ada"])
        async with guest(port, "Bob") as bob:
            equal(names(bob.welcome), ["Ada", "Bob"])
            equal((await ada.hear("joined"))["name"], "Bob")
            await bob.send(type="say", text="<b>hello</b> 🦝")
            for person in (ada, bob):
                message = await person.hear("message")
                equal((message["name"], message["text"]), ("Bob", "<b>hello</b> 🦝"))
            await ada.send(type="rename", name="Eve")
            for person in (ada, bob):
                message = await person.hear("renamed")
                equal((message["before"], message["name"]), ("Ada", "Eve"))
        equal((await ada.hear("left"))["name"], "Bob")
        async with guest(port, "Late") as late:
            equal([message["text"] for message in late.welcome["history"]], ["<b>hello</b> 🦝"])


async def a_name_belongs_to_one():
    async with example("chat-server") as port, guest(port, "Ada") as ada:
        async with guest(port, "ada") as second:
            equal(second.welcome["name"], "ada 2")
            await second.send(type="rename", name="ADA")
            equal((await second.hear("error"))["code"], "name-taken")
            await ada.hear("joined")


async def nonsense_is_refused_and_the_room_goes_on():
    async with example("chat-server") as port, guest(port, "Ada") as ada:
        wrong = [
            ("{}", "bad-type"),
            ('{"type": "toString"}', "bad-type"),
            ('{"type": "say"}', "bad-text"),
            ('{"type": "say", "text": 1}', "bad-text"),
            ('{"type": "rename", "name": "\\u202e"}', "bad-name"),
            (b"\x00\xff", "not-text"),
        ]
        for data, code in wrong:
            await ada.websocket.send(data)
            equal((await ada.hear("error"))["code"], code)
        await ada.send(type="say", text="fine")
        equal((await ada.hear("message"))["text"], "fine")


async def a_flood_is_slowed_down():
    async with example("chat-server") as port, guest(port, "Ada") as ada:
        for number in range(30):
            await ada.send(type="say", text=str(number))
        kinds = [json.loads(await ada.websocket.recv())["type"] for _ in range(30)]
        assert "error" in kinds and "message" in kinds, kinds


async def thirty_people_talk():
    async with example("chat-server") as port, contextlib.AsyncExitStack() as stack:
        people = [
            await stack.enter_async_context(guest(port, f"Person {number}"))
            for number in range(30)
        ]
        await people[7].send(type="say", text="to all")
        for person in people:
            while (message := json.loads(await person.websocket.recv()))["type"] == "joined":
                pass
            equal(message["text"], "to all")


async def the_page_is_served():
    async with example("chat-server") as port:
        for target in ["/", "/chat.js", "/chat.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/nowhere"))[0], 404)


run(
    two_people_hear_each_other,
    a_name_belongs_to_one,
    nonsense_is_refused_and_the_room_goes_on,
    a_flood_is_slowed_down,
    thirty_people_talk,
    the_page_is_served,
)
