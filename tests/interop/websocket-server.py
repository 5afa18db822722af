"""krandog's server, asked by the client of Python's websockets."""

import asyncio
import json

from peer import HTTP, OVER_TLS, WS, client_tls, equal, eventually, get, get_json, run
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus


def client(port, path="/", **options):
    options.setdefault("compression", None)
    tls = client_tls() if OVER_TLS else None
    return connect(f"{WS}://127.0.0.1:{port}{path}", max_size=None, ssl=tls, **options)


async def closes_with(websocket):
    try:
        async with asyncio.timeout(10):
            while True:
                await websocket.recv()
    except ConnectionClosed as closed:
        return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")


async def closed_at(port, path):
    """What the server's close hook was told about the connection of a path."""

    async def look():
        return [one for one in await get_json(port, "/closed") if one["pathname"] == path]

    (entry,) = await eventually(look)
    return entry["code"], entry["reason"], entry["wasClean"]


async def text_and_bytes_come_back_as_they_were(port):
    messages = [
        "",
        "hello",
        "grüß dich, 世界 🦝 \u0000 \u2028",
        b"",
        b"\x00\x01\x00\xff\x00",
        bytes(range(256)) * 17,
        "x" * 125,
        "x" * 126,
        "ü" * 32768,
        b"y" * 65535,
        b"y" * 65536,
    ]
    async with client(port) as websocket:
        for message in messages:
            await websocket.send(message)
            equal(await websocket.recv(), message)


async def the_largest_message_is_taken_and_one_byte_more_is_not(port):
    async with client(port) as websocket:
        await websocket.send("a" * 2**20)
        equal(await websocket.recv(), "a" * 2**20)
        await websocket.send(b"b" * (2**20 + 1))
        equal((await closes_with(websocket))[0], 1009)


async def fragments_are_put_together(port):
    async with client(port) as websocket:
        await websocket.send(["frag", "", "mented ", "grü", "ße"])
        equal(await websocket.recv(), "fragmented grüße")
        await websocket.send([bytes([number]) for number in range(200)])
        equal(await websocket.recv(), bytes(range(200)))


async def a_ping_amid_fragments_is_answered_at_once(port):
    async with client(port) as websocket:

        async def slow():
            yield "one "
            await asyncio.wait_for(await websocket.ping(b"amid"), 10)
            yield "two"

        await websocket.send(slow())
        equal(await websocket.recv(), "one two")


async def pings_go_both_ways(port):
    async with client(port) as websocket:
        await asyncio.wait_for(await websocket.ping(b"\x00data"), 10)
        await asyncio.wait_for(await websocket.ping(b"x" * 125), 10)
        await websocket.send("ping abc")
        equal(await websocket.recv(), "pong abc true")


async def close_codes_of_the_client_reach_the_server(port):
    for code, reason in [(1000, ""), (1001, "tab"), (3000, "x" * 123), (4999, "grün")]:
        path = f"/client-{code}"
        async with client(port, path) as websocket:
            await websocket.send("hello")
            equal(await websocket.recv(), "hello")
            await websocket.close(code, reason)
            equal(websocket.close_code, code)
        equal(await closed_at(port, path), (code, reason, True))


async def close_codes_of_the_server_reach_the_client(port):
    for code, reason in [(1000, "done"), (1001, ""), (1012, ""), (3999, "grün"), (4000, "x")]:
        async with client(port) as websocket:
            await websocket.send(f"close {code} {reason}")
            equal(await closes_with(websocket), (code, reason))


async def a_lost_connection_is_1006(port):
    async with client(port, "/lost") as websocket:
        await websocket.send("hello")
        equal(await websocket.recv(), "hello")
        websocket.transport.abort()
    equal(await closed_at(port, "/lost"), (1006, "", False))


async def a_subprotocol_is_chosen_by_the_server(port):
    for offered, chosen in [(["chat.v1", "chat.v2"], "chat.v2"), (["chat.v1"], "chat.v1")]:
        async with client(port, subprotocols=offered) as websocket:
            equal(websocket.subprotocol, chosen)
            await websocket.send("request")
            equal(json.loads(await websocket.recv())["protocol"], chosen)
    async with client(port, subprotocols=["other"]) as websocket:
        equal(websocket.subprotocol, None)


async def the_handler_sees_path_and_headers(port):
    async with client(port, "/a/b?c=d", additional_headers={"X-Test": "yes"}) as websocket:
        await websocket.send("request")
        equal(
            json.loads(await websocket.recv()),
            {"pathname": "/a/b", "test": "yes", "protocol": ""},
        )


async def the_handler_gets_the_same_object_each_time(port):
    async with client(port) as one, client(port) as other:
        for number in ["1", "2", "3"]:
            await one.send("identity")
            equal(await one.recv(), number)
        await other.send("identity")
        equal(await other.recv(), "1")


async def a_handler_that_throws_ends_its_connection_alone(port):
    async with client(port) as other, client(port) as websocket:
        await websocket.send("throw")
        equal((await closes_with(websocket))[0], 1011)
        await other.send("still there")
        equal(await other.recv(), "still there")
    equal((await get(port))[0], 200)


async def foreign_pages_are_refused(port):
    async with client(port, origin=f"{HTTP}://127.0.0.1:{port}") as websocket:
        await websocket.send("same origin")
        equal(await websocket.recv(), "same origin")
    try:
        async with client(port, origin="http://evil.example"):
            raise AssertionError("it was let in")
    except InvalidStatus as refused:
        equal(refused.response.status_code, 403)
        assert b"allowedOrigins" in refused.response.body, refused.response.body


async def compression_is_agreed_or_declined(port):
    async with client(port, compression="deflate") as websocket:
        for message in ["a" * 5000, b"\x00" * 5000, "", "short"]:
            await websocket.send(message)
            equal(await websocket.recv(), message)


async def many_messages_keep_their_order(port):
    async with client(port) as websocket:
        for number in range(2000):
            await websocket.send(str(number))
        for number in range(2000):
            equal(await websocket.recv(), str(number))


async def many_clients_at_once(port):
    async def one(number):
        async with client(port) as websocket:
            for turn in range(20):
                await websocket.send(f"{number} {turn}")
                equal(await websocket.recv(), f"{number} {turn}")

    await asyncio.gather(*(one(number) for number in range(50)))


run(
    text_and_bytes_come_back_as_they_were,
    the_largest_message_is_taken_and_one_byte_more_is_not,
    fragments_are_put_together,
    a_ping_amid_fragments_is_answered_at_once,
    pings_go_both_ways,
    close_codes_of_the_client_reach_the_server,
    close_codes_of_the_server_reach_the_client,
    a_lost_connection_is_1006,
    a_subprotocol_is_chosen_by_the_server,
    the_handler_sees_path_and_headers,
    the_handler_gets_the_same_object_each_time,
    a_handler_that_throws_ends_its_connection_alone,
    foreign_pages_are_refused,
    compression_is_agreed_or_declined,
    many_messages_keep_their_order,
    many_clients_at_once,
    serving="interop/server.js",
)
