"""Programs of docs/coming-from.md that serve HTTP and WebSockets on one port, asked for both."""

import asyncio

import wire
from peer import equal, get_json, run
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus


async def request(port, target, head=None):
    """The status, the type and the body of a GET request, or of another one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    plain = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    writer.write(head or plain)
    async with asyncio.timeout(10):
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    lines = head.decode().lower().split("\r\n")
    kind = next((line[14:] for line in lines if line.startswith("content-type: ")), None)
    return int(lines[0].split()[1]), kind, body.decode()


async def port_of(port, name):
    return (await get_json(port, "/ports"))[name]


async def one_handler_serves_both(port):
    port = await port_of(port, "krandog")
    equal(await request(port, "/"), (200, "text/plain", "HTTP with WebSockets"))
    async with connect(f"ws://127.0.0.1:{port}/") as websocket:
        await websocket.send("hello")
        equal(await websocket.recv(), "Echo: hello")


async def a_page_stands_beside_the_handlers_of_a_path(port):
    port = await port_of(port, "alusus")
    for target in ["/", "/index.html"]:
        expected = (200, "text/html; charset=utf-8", "<h1>WebSocket Server</h1>")
        equal(await request(port, target), expected)
    async with connect(f"ws://127.0.0.1:{port}/websocket") as websocket:
        equal(await websocket.recv(), "Welcome!")
        for message in ["hello", b"\x01\x02"]:
            await websocket.send(message)
            equal(await websocket.recv(), message)


async def an_http_server_upgrades_some_requests(port):
    port = await port_of(port, "vais")
    equal((await request(port, "/"))[2], "an HTTP server")
    async with connect(f"ws://127.0.0.1:{port}/upgrade") as websocket:
        await websocket.send("hello")
        equal(await websocket.recv(), "hello")
    # A request that only looks like a handshake is told why it is none.
    status, _, reason = await request(port, "/", wire.handshake("/upgrade", Sec_WebSocket_Key=None))
    equal((status, "Sec-WebSocket-Key" in reason), (400, True))
    try:
        async with connect(f"ws://127.0.0.1:{port}/elsewhere"):
            raise AssertionError("it opened")
    except InvalidStatus as refusal:
        equal(refusal.response.status_code, 404)


async def the_chat_has_a_page_and_a_room(port):
    port = await port_of(port, "zig")
    status, kind, body = await request(port, "/")
    equal((status, kind, "messages" in body), (200, "text/html; charset=utf-8", True))
    # Without the fields of a handshake.
    status, _, _ = await request(port, "/chat")
    assert 400 <= status < 500, status
    url = f"ws://127.0.0.1:{port}/chat"
    async with connect(url) as ada, connect(url) as grace:
        # Both are in the room by now.
        for websocket in (ada, grace):
            await (await websocket.ping())
        await ada.send("hello")
        equal([await ada.recv(), await grace.recv()], ["hello", "hello"])


run(
    one_handler_serves_both,
    a_page_stands_beside_the_handlers_of_a_path,
    an_http_server_upgrades_some_requests,
    the_chat_has_a_page_and_a_room,
    serving="interop/seeds.js",
)
