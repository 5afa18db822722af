"""examples/dashboard.js: what is posted arrives, late and again, and nonsense does not."""

import asyncio
import contextlib
import json
import urllib.error
import urllib.request

from example import connect, example
from peer import equal, get, run


async def post(port, source, values, **headers):
    """The status of the answer."""

    def blocking():
        url = f"http://localhost:{port}/telemetry/{source}"
        body = values if isinstance(values, bytes) else json.dumps(values).encode()
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return reply.status
        except urllib.error.HTTPError as reply:
            return reply.code

    return await asyncio.to_thread(blocking)


@contextlib.asynccontextmanager
async def watch(port, since=None):
    async with connect(port, "/feed") as websocket:
        await websocket.send(json.dumps({"since": since}))

        async def hear(source="kitchen"):
            while True:
                message = json.loads(await websocket.recv())
                if message["data"]["source"] == source:
                    return message

        yield hear


async def what_is_posted_arrives():
    async with example("dashboard") as port, watch(port) as hear:
        equal(await post(port, "kitchen", {"temperature": 21.5, "humidity %": 44}), 204)
        message = await hear()
        equal(message["data"]["values"], {"temperature": 21.5, "humidity %": 44})
        equal((await hear("this server"))["data"]["values"]["pages"], 1)


async def who_comes_late_or_again_misses_nothing():
    async with example("dashboard") as port:
        equal(await post(port, "kitchen", {"number": 1}), 204)
        async with watch(port) as hear:
            first = await hear()
        since = {"epoch": first["epoch"], "offset": first["offset"]}
        await asyncio.sleep(0.1)
        equal(await post(port, "kitchen", {"number": 2}), 204)
        async with watch(port, since) as hear:
            equal((await hear())["data"]["values"], {"number": 2})
        async with watch(port, {"epoch": "?", "offset": -1}) as hear:
            equal([(await hear())["data"]["values"]["number"] for _ in range(2)], [1, 2])


async def nonsense_is_refused():
    async with example("dashboard") as port, watch(port) as hear:
        wrong = [
            ("kitchen", b"{", 400),
            ("kitchen", {}, 422),
            ("kitchen", [1], 422),
            ("kitchen", None, 422),
            ("kitchen", {"a": "1"}, 422),
            ("kitchen", b'{"a": 1e999}', 422),
            ("kitchen", {"<b>": 1}, 422),
            ("kitchen", {str(number): 1 for number in range(9)}, 422),
            ("kitchen", b" " * 5000, 413),
            ("", {"a": 1}, 404),
            ("%ff", {"a": 1}, 400),
            ("%3Cb%3E", {"a": 1}, 400),
            ("x" * 33, {"a": 1}, 400),
        ]
        for source, values, status in wrong:
            equal((source, values, await post(port, source, values)), (source, values, status))
        equal(await post(port, "kitchen", {"a": 1}, Origin="https://example.com"), 403)
        equal((await get(port, "/telemetry/kitchen"))[0], 405)
        equal(await post(port, "kitchen", {"fine": 1}), 204)
        equal((await hear())["data"]["values"], {"fine": 1})


async def there_are_limits():
    async with example("dashboard") as port:
        for number in range(20):
            equal(await post(port, f"source {number}".replace(" ", "%20"), {"a": 1}), 204)
        equal(await post(port, "another", {"a": 1}), 507)
        statuses = await asyncio.gather(*(post(port, "source%2019", {"a": 1}) for _ in range(10)))
        assert 429 in statuses, statuses
        async with connect(port, "/feed") as websocket:
            await websocket.send("nonsense")
            await websocket.wait_closed()
            equal(websocket.close_code, 1008)


async def a_token_may_be_asked_for():
    async with example("dashboard", TOKEN="secret") as port:
        equal(await post(port, "kitchen", {"a": 1}), 401)
        equal(await post(port, "kitchen", {"a": 1}, Authorization="Bearer wrong"), 401)
        equal(await post(port, "kitchen", {"a": 1}, Authorization="Bearer secret"), 204)


async def the_page_is_served():
    async with example("dashboard") as port:
        for target in ["/", "/page.js", "/page.css"]:
            equal((await get(port, target))[0], 200)
        equal((await get(port, "/nowhere"))[0], 404)


run(
    what_is_posted_arrives,
    who_comes_late_or_again_misses_nothing,
    nonsense_is_refused,
    there_are_limits,
    a_token_may_be_asked_for,
    the_page_is_served,
)
