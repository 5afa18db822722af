"""Peers of krandog:rpc that mean harm: calls without end, and what is no call."""

import json

from hostile import flooded, opened, serving
from peer import equal, get_json, run
from wire import BINARY, TEXT, frame


def call(method, id, params=()):
    return {"jsonrpc": "2.0", "method": method, "params": params, "id": id}


def said(message):
    text = message if isinstance(message, str) else json.dumps(message)
    return frame(TEXT, text.encode())


async def answer(peer):
    opcode, payload = await peer.frame()
    equal(opcode, TEXT)
    return json.loads(payload)


async def a_peer_does_not_choose_how_many_methods_are_at_work():
    async with serving("hostile/calls.js") as server:
        peer = await opened(server.port)
        for id in range(100):
            await peer.send(said(call("wait", id)))
        for id in range(100, 2000):
            # Those that were called off are at work all the same.
            await peer.send(said(call("$/cancelRequest", None, {"id": id - 100})))
            await peer.send(said(call("wait", id)))
        busy = 0
        while busy < 1900:
            reply = await answer(peer)
            busy += reply.get("error", {}).get("code") == -32000
        equal(await get_json(server.port, "/"), 100)
        await server.neighbour.rounds()
        peer.reset()


async def what_is_no_call_is_answered_and_harms_nobody():
    async with serving("hostile/calls.js") as server:
        peer = await opened(server.port)
        texts = [
            "", "[" * 100_000, '{"a":' * 100_000, "5", "null", "[]", "[[]]", '{"id":{}}', "\0", "\\u0000",
            json.dumps([call("echo", 1)] * 101), json.dumps([5] * 100),
            json.dumps(call("x" * 100_000, 1)), json.dumps(call("echo", 10**400)),
            '{"jsonrpc":"2.0","__proto__":{"method":"echo"},"id":1}',
            json.dumps(call("__proto__", 1)), json.dumps(call("constructor", [])),
        ]
        for text in texts:
            await peer.send(said(text))
            assert len(json.dumps(await answer(peer))) < 20_000, text[:40]
        await peer.send(frame(BINARY, b"\0" * 1000))
        await peer.send(said(call("echo", "still here", [1])))
        equal(await answer(peer), {"jsonrpc": "2.0", "result": [1], "id": "still here"})
        peer.reset()


async def a_flood_of_calls_does_not_grow():
    async with serving("hostile/calls.js") as server:
        peers = [await opened(server.port) for _ in range(3)]
        before = server.memory()
        async with flooded(peers, said(call("echo", 1, ["x" * 10_000]))):
            await server.neighbour.rounds(3)
        assert server.memory() < before + (64 << 20), (before, server.memory())


run(
    a_peer_does_not_choose_how_many_methods_are_at_work,
    what_is_no_call_is_answered_and_harms_nobody,
    a_flood_of_calls_does_not_grow,
)
