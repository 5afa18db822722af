"""examples/lasting-chat.js: who comes back after a restart has missed nothing."""

import json
import pathlib
import tempfile

from example import connect, example
from peer import equal, get, run


async def hear(socket, count):
    return [json.loads(await socket.recv()) for _ in range(count)]


async def a_restart_loses_nothing():
    with tempfile.TemporaryDirectory() as folder:
        data = str(pathlib.Path(folder) / "chat.db")
        async with example("lasting-chat", DATA=data) as port, connect(port) as socket:
            await socket.send('{"since": null}')
            equal(await hear(socket, 1), [{"status": "fresh"}])
            for text in ("one", "two", "three"):
                await socket.send(json.dumps({"text": text}))
            heard = await hear(socket, 3)
            equal([message["data"]["text"] for message in heard], ["one", "two", "three"])
        since = {name: heard[0][name] for name in ("epoch", "offset")}
        # It was killed.
        async with example("lasting-chat", DATA=data) as port, connect(port) as socket:
            await socket.send(json.dumps({"since": since}))
            missed = await hear(socket, 3)
            equal([message["data"]["text"] for message in missed[:2]], ["two", "three"])
            equal(missed[2], {"status": "recovered"})
            await socket.send('{"text": "four"}')
            (message,) = await hear(socket, 1)
            equal(message["offset"], 4)


async def the_page_is_served():
    with tempfile.TemporaryDirectory() as folder:
        async with example("lasting-chat", DATA=f"{folder}/chat.db") as port:
            for target, part in (("/", b"<ol"), ("/script.js", b"WebSocket")):
                status, body = await get(port, target)
                equal((status, part in body), (200, True))


run(a_restart_loses_nothing, the_page_is_served)
