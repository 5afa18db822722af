"""examples/http-server.js, asked by the client of Python's standard library."""

import asyncio
import json
import urllib.error
import urllib.request

from example import example
from peer import equal, run


async def ask(port, target, method="GET", body=None):
    def blocking():
        url = f"http://localhost:{port}{target}"
        request = urllib.request.Request(url, data=body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as reply:
            return reply.code, reply.headers, reply.read()

    return await asyncio.to_thread(blocking)


async def keeps_notes():
    async with example("http-server") as port:
        status, headers, body = await ask(port, "/notes", "POST", b'{"text": "buy milk"}')
        equal((status, headers["location"]), (201, "/notes/1"))
        equal(json.loads(body)["text"], "buy milk")
        await ask(port, "/notes", "POST", '{"text": "grüße"}'.encode())
        _, _, body = await ask(port, "/notes?find=milk")
        equal([note["id"] for note in json.loads(body)], [1])
        _, _, body = await ask(port, "/notes/2")
        equal(json.loads(body)["text"], "grüße")
        equal((await ask(port, "/notes/1", "DELETE"))[0], 204)
        equal((await ask(port, "/notes/1"))[0], 404)


async def refuses_what_it_cannot_do():
    async with example("http-server") as port:
        equal((await ask(port, "/nowhere"))[0], 404)
        equal((await ask(port, "/notes", "POST", b"{"))[0], 400)
        status, _, body = await ask(port, "/notes", "POST", b"{}")
        equal((status, json.loads(body)), (422, {"error": "text is missing"}))
        status, headers, _ = await ask(port, "/notes", "PUT", b"")
        equal((status, headers["allow"]), (405, "GET, HEAD, OPTIONS, POST"))


async def serves_pages_bytes_and_late_answers():
    async with example("http-server") as port:
        status, headers, body = await ask(port, "/")
        equal((status, headers["content-type"]), (200, "text/html; charset=utf-8"))
        assert b"<h1>Notes</h1>" in body
        status, headers, body = await ask(port, "/", "HEAD")
        equal((status, body), (200, b""))
        _, headers, body = await ask(port, "/pixel.gif")
        equal((headers["content-type"], body[:6]), ("image/gif", b"GIF89a"))
        slow = asyncio.create_task(ask(port, "/slow?ms=300"))
        equal((await ask(port, "/notes"))[0], 200)
        assert not slow.done(), "the quick answer waited for the slow one"
        equal((await slow)[2], b"That took 300 ms.\n")


run(keeps_notes, refuses_what_it_cannot_do, serves_pages_bytes_and_late_answers)
