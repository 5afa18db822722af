"""Rooms as sharded channels of a cluster of Redis: each is at the server that has its slot."""

import contextlib

from nodes import client, nodes
from peer import equal, eventually, run
from redis import cluster, redis

# By their slots: at the first, the second and the third server.
ROOMS = ["r2", "r1", "r0"]


def sharded(server):
    return f"{server.url}?sharded"


async def slot(server, room):
    reply = await server.ask("CLUSTER", "KEYSLOT", f"krandog:room:{room}")
    return int(reply.strip().removeprefix(b":"))


async def at(server, room, count=1):
    """Waits until so many nodes hear a room of a server."""

    async def look():
        reply = await server.ask("PUBSUB", "SHARDNUMSUB", f"krandog:room:{room}")
        return reply.endswith(f":{count}\r\n".encode())

    await eventually(look)


@contextlib.asynccontextmanager
async def three(servers):
    """Nodes whose URLs name different servers, and a client of each."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for server in servers:
            found += await stack.enter_async_context(nodes(1, sharded(server)))
        yield found, [await stack.enter_async_context(client(node)) for node in found]


async def each_room_is_at_the_server_of_its_slot():
    async with cluster() as servers, three(servers) as (found, (one, two, three_)):
        for room in ROOMS:
            await two.do("join", room)
            await three_.do("join", room)
        for room in ROOMS:
            home = servers[(await slot(servers[0], room)) // 5461]
            await at(home, room, 2)
            for number in range(50):
                await one.do("say", room, f"{room}-{number}")
            for member in (two, three_):
                equal([await member.hear() for _ in range(50)], [f"{room}-{n}" for n in range(50)])
        homes = {(await slot(servers[0], room)) // 5461 for room in ROOMS}
        equal(homes, {0, 1, 2})
        # What is for everybody is in no slot.
        await one.do("all", "everybody")
        for each in (one, two, three_):
            equal(await each.hear(), "everybody")
        await two.do("leave", "r0")
        await three_.do("leave", "r0")
        await at(servers[(await slot(servers[0], "r0")) // 5461], "r0", 0)
        equal([node.news for node in found], [[], [], []])


async def a_room_follows_its_slot():
    async with cluster() as servers, three(servers) as (found, (one, two, _)):
        await two.do("join", "r0")
        number = await slot(servers[0], "r0")
        old = number // 5461
        new = (old + 1) % 3
        await at(servers[old], "r0")
        ids = [(await server.ask("CLUSTER", "MYID")).split(b"\r\n")[1].decode() for server in servers]
        for server in [servers[new], servers[old], servers[3 - old - new]]:
            await server.ask("CLUSTER", "SETSLOT", str(number), "NODE", ids[new])
        for node in found[:2]:
            # Whoever hears the room, or speaks in it, learns of that.
            if node is found[1]:
                await node.expect("gap", "moved")
        await at(servers[new], "r0")

        async def heard():
            await one.do("say", "r0", "again")
            return await two.tried()

        await eventually(heard)
        equal(two.got[-1], "again")


async def patterns_are_refused_and_other_servers_too():
    async with cluster() as servers, nodes(1, sharded(servers[0])) as (node,), client(node) as one:
        await one.do("match", "ch*")
        await node.expect("down", "BUS_NO_PATTERNS")
        # Its own rooms are heard all the same.
        async with client(node) as two:
            await two.do("say", "chat", "hello")
            equal(await one.hear(), "hello")
    async with redis() as server, nodes(1, sharded(server), up=False) as (node,):
        await node.expect("down", "ERR")


async def a_server_that_is_gone_takes_its_rooms_alone():
    async with cluster() as servers, three(servers) as (found, (one, two, _)):
        homes = {(await slot(servers[0], room)) // 5461: room for room in ROOMS}
        for room in ROOMS:
            await two.do("join", room)
        for home, room in homes.items():
            await at(servers[home], room)
        await servers[2].kill()
        for node in found[:2]:
            await node.expect("down", "ECONNRESET")
        for home in (0, 1):
            await one.do("say", homes[home], f"at {home}".replace(" ", "-"))
            equal(await two.hear(), f"at-{home}")
        await servers[2].start()
        for node in found[:2]:
            await node.expect("gap", "reconnect")
            await node.expect("up", "")
        await one.do("say", homes[2], "back")
        equal(await two.hear(), "back")


run(
    each_room_is_at_the_server_of_its_slot,
    a_room_follows_its_slot,
    patterns_are_refused_and_other_servers_too,
    a_server_that_is_gone_takes_its_rooms_alone,
)
