"""What the upgrade hook decides, by the byte: the fields of a 101, refusals, frames that come early."""

import asyncio
import json

from hostile import connect
from peer import equal, get_json, run
from wire import CLOSE, PING, PONG, TEXT, frame, handshake


def fields(head):
    status_line, *lines = head.rstrip("\r\n").split("\r\n")
    pairs = [line.split(": ", 1) for line in lines]
    return int(status_line.split()[1]), [(name.lower(), value) for name, value in pairs]


def of(pairs, name):
    return [value for field, value in pairs if field == name]


async def ask(port, target):
    peer = await connect(port)
    await peer.send(handshake(target))
    status, pairs = fields(await peer.head())
    return peer, status, pairs


async def headers_are_added_to_the_101(port):
    for target in ["/headers", "/headers?late", "/pairs", "/pairs?late"]:
        peer, status, pairs = await ask(port, target)
        equal((status, of(pairs, "set-cookie"), of(pairs, "x-count")), (101, ["a=1", "b=2"], ["2"]))
        await peer.send(frame(TEXT, b"open"))
        equal(await peer.frame(), (TEXT, b"open"))
        peer.close()


async def headers_that_frame_the_101_are_not_the_scripts(port):
    peer, status, pairs = await ask(port, "/owned")
    equal((status, of(pairs, "connection"), of(pairs, "x-count")), (101, ["Upgrade"], ["2"]))
    equal(of(pairs, "content-length"), [])
    peer.close()


async def false_is_403(port):
    for target in ["/false", "/false?late"]:
        peer, status, pairs = await ask(port, target)
        equal((status, of(pairs, "connection")), (403, ["close"]))
        equal((await peer.end())[0], "end")


async def a_reply_with_a_status_goes_out_as_it_is(port):
    for target in ["/own", "/own?late"]:
        peer, status, pairs = await ask(port, target)
        equal((status, of(pairs, "www-authenticate")), (401, ['Basic realm="a"']))
        equal(await peer.end(), ("end", b"who?"))
    for target in ["/json", "/json?late"]:
        peer, status, pairs = await ask(port, target)
        equal((status, of(pairs, "retry-after")), (429, ["1"]))
        ending, body = await peer.end()
        equal((ending, json.loads(body)), ("end", {"wait": 1}))


async def every_refusal_has_a_date(port):
    for target in ["/false", "/own", "/json"]:
        peer, _, pairs = await ask(port, target)
        equal(len(of(pairs, "date")), 1)
        peer.close()


async def frames_that_come_before_the_decision_wait_for_it(port):
    peer, ping = await connect(port), frame(PING, b"p")
    await peer.send(handshake("/held") + frame(TEXT, b"early") + ping[:3])
    while await get_json(port, "/") != 1:
        await asyncio.sleep(0.01)
    await peer.send(ping[3:])
    equal(await get_json(port, "/release"), 0)
    equal(int((await peer.head()).split()[1]), 101)
    equal(await peer.frame(), (TEXT, b"early"))
    equal(await peer.frame(), (PONG, b"p"))
    await peer.send(frame(CLOSE))
    equal(await peer.frame(), (CLOSE, b""))
    peer.close()


run(
    headers_are_added_to_the_101,
    headers_that_frame_the_101_are_not_the_scripts,
    false_is_403,
    a_reply_with_a_status_goes_out_as_it_is,
    every_refusal_has_a_date,
    frames_that_come_before_the_decision_wait_for_it,
    serving="interop/upgrade.js",
)
