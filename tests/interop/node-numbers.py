"""Processes on a bus that have numbers: a WebSocket is reached by its id from any of them."""

import contextlib

from nats import nats
from nodes import client, nodes
from peer import equal, run
from redis import redis


@contextlib.asynccontextmanager
async def numbered(url, *numbers):
    async with contextlib.AsyncExitStack() as stack:
        running = []
        for number in numbers:
            started = await stack.enter_async_context(nodes(1, url, KRANDOG_NODE=str(number)))
            running.extend(started)
        yield running


async def reaches(url):
    async with numbered(url, 1, 255) as (a, b), client(a) as one, client(b) as two, client(b) as three:
        ids = []
        for each in (one, two, three):
            await each.do("id")
            ids.append(int(await each.hear()))
        equal((len(set(ids)), max(ids) < 2**53), (3, True))
        # As text, which the envelope of the bus has to leave whole, and from either side.
        await one.do("to", str(ids[1]), "größe")
        equal((await one.hear(), await two.hear()), ("true", "größe"))
        await three.do("to", str(ids[0]), "back")
        equal((await three.hear(), await one.hear()), ("true", "back"))
        # Who is not there gets nothing, and nobody else does.
        await one.do("to", str(ids[2] + 1), "nobody")
        equal(await one.hear(), "true")
        await one.do("to", str(ids[2]), "last")
        equal((await one.hear(), await three.hear()), ("true", "last"))
        equal((one.got, two.got, three.got), ([], [], []))
        equal((a.news, b.news), ([], []))


async def a_socket_of_another_node_is_reached_over_nats():
    async with nats() as server:
        await reaches(server.url)


async def a_socket_of_another_node_is_reached_over_redis():
    async with redis() as server:
        await reaches(server.url)


async def without_numbers_nothing_is_sent_to_another_process():
    async with nats() as server, nodes(2, server.url) as (a, b), client(a) as one, client(b) as two:
        await two.do("id")
        await one.do("to", str(int(await two.hear()) + 5), "lost")
        equal(await one.hear(), "false")


async def a_number_that_is_taken_is_told():
    async with nats() as server, numbered(server.url, 7, 7, 8) as (a, b, c):
        for node in (a, b):
            await node.expect("down", "BUS_NODE_TAKEN")
        equal(c.news, [])


run(
    a_socket_of_another_node_is_reached_over_nats,
    a_socket_of_another_node_is_reached_over_redis,
    without_numbers_nothing_is_sent_to_another_process,
    a_number_that_is_taken_is_told,
)
