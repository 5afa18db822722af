"""An EventSource and a server in Python: streams in chunks of any size, and connecting again."""

import asyncio
import json

from peer import equal, krandog, run

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


async def serve(answers, script):
    """Serves one connection for each answer, which is given its request and a writer; what the script
    says, and the requests."""
    requests = []

    async def connected(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        requests.append(head.decode())
        await answers.pop(0)(writer)
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, krandog(script, str(port)) as process:
        said = []
        while line := await asyncio.wait_for(process.child.stdout.readline(), 10):
            said.append(json.loads(line))
        equal(await process.wait(), 0)
    return said, requests


async def events_come_and_the_source_connects_again():
    async def first(writer):
        writer.write(HEAD)
        stream = "retry: 20\n\nid: \u6c34\ndata: a\ndata: \u00e9\n\n: idle\n\ndata: cut off".encode()
        for at in range(len(stream)):
            writer.write(chunk(stream[at : at + 1]))
            if at % 16 == 0:
                await writer.drain()
                await asyncio.sleep(0.001)
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def broken(writer):
        writer.write(HEAD + chunk(b"data: b\n\n") + b"5\r\nabc")
        await writer.drain()

    async def redirected(writer):
        writer.write(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /moved\r\nContent-Length: 0\r\n"
                     b"Connection: close\r\n\r\n")
        await writer.drain()

    async def last(writer):
        writer.write(HEAD + chunk(b"data: c\n\nevent: end\ndata\n\ndata: never\n\n"))
        await writer.drain()
        await asyncio.sleep(0.2)

    said, requests = await serve([first, broken, redirected, last], "interop/event-source.js")
    equal(said[:3], [["open"], ["message", "a\n\u00e9", "\u6c34"], ["error", 0, "the server has ended the stream"]])
    equal(said[3:5], [["open"], ["message", "b", "\u6c34"]])
    equal(said[5][:2], ["error", 0])
    equal(said[6:], [["open"], ["message", "c", "\u6c34"]])
    paths = [request.split()[1] for request in requests]
    equal(paths, ["/events", "/events", "/events", "/moved"])
    equal("last-event-id" in requests[0].lower(), False)
    for request in requests:
        equal("accept: text/event-stream\r\n" in request.lower(), True)
    for request in requests[1:]:
        equal(b"\xe6\xb0\xb4" in request.encode(), True)


async def what_is_no_stream_ends_it():
    async def page(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi")
        await writer.drain()

    said, _ = await serve([page], "interop/event-source.js")
    equal(said, [["error", 2, "the server sends 'text/html', not text/event-stream"]])


async def an_event_without_end_closes_it():
    async def endless(writer):
        writer.write(HEAD)
        piece = chunk(b"data: " + b"x" * 1_000_000 + b"\n")
        try:
            for _ in range(20):
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            pass

    said, requests = await serve([endless], "interop/event-source.js")
    equal(said[0], ["open"])
    equal(said[1], ["error", 2, "an event is longer than 16777216 bytes"])
    equal((len(said), len(requests)), (2, 1))


run(
    events_come_and_the_source_connects_again,
    what_is_no_stream_ends_it,
    an_event_without_end_closes_it,
)
