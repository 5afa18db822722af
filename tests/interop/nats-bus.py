"""Rooms of several processes over nats-server: messages, what is lost, and what is refused."""

import contextlib
import functools
import signal

from nats import nats, text
from nodes import a_broker_that_goes_and_comes_back_is_a_gap, client, liar, nodes
from peer import CERTIFICATES, equal, eventually, free_port, run

# The example of the documentation of NATS.
SEED = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY"
KEY = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"


async def messages_reach_the_rooms_of_other_nodes():
    async with nats() as server, nodes(3, server.url) as (a, b, c):
        async with client(a) as one, client(b) as two, client(c) as three:
            await one.do("join", "chat")
            await two.do("join", "chat")
            await three.do("match", "ch*")
            await server.subscribed("krandog.room.chat", 2)
            await server.subscribed("krandog.room.*")
            for number in range(100):
                await one.do("say", "chat", f"n{number}")
            for other in (two, three):
                equal([await other.hear() for _ in range(100)], [f"n{n}" for n in range(100)])
            equal(one.got, [])
            await two.do("all", "everybody")
            for each in (one, two, three):
                equal(await each.hear(), "everybody")


async def rooms_of_any_name_are_apart():
    names = ["a.b", "a:b", "a/b", "a=2eb", ">", "*", "größe", ".", "a..b", "A.b"]
    async with nats() as server, nodes(2, server.url) as (a, b):
        async with client(a) as one, contextlib.AsyncExitStack() as stack:
            heard = []
            for name in names:
                member = await stack.enter_async_context(client(b))
                await member.do("join", name)
                heard.append(member)

            async def all_of_them():
                return len(await server.subscriptions()) == len(names) + 2

            await eventually(all_of_them)
            for name in names:
                await one.do("say", name, f"for {name}".replace(" ", "-"))
            for name, member in zip(names, heard):
                equal(await member.hear(), f"for-{name}")
            await one.do("all", "end")
            for member in heard:
                equal(await member.hear(), "end")


async def a_room_is_left_with_its_last_member():
    async with nats() as server, nodes(1, server.url) as (node,), client(node) as one:
        await one.do("join", "chat")
        await server.subscribed("krandog.room.chat")
        await one.do("leave", "chat")
        await server.subscribed("krandog.room.chat", 0)


async def ten_thousand_rooms_are_subscribed_to_at_once():
    async with nats() as server, nodes(1, server.url) as (node,):
        async with contextlib.AsyncExitStack() as stack:
            for number in range(10):
                one = await stack.enter_async_context(client(node))
                await one.do("many", f"room{number}-", "1000")

            async def all_of_them():
                return len(await server.subscriptions()) == 10_001

            await eventually(all_of_them)


async def a_server_that_goes_and_comes_back_is_a_gap():
    async with nats() as server:
        heard_by_both = functools.partial(server.subscribed, "krandog.room.chat", 2)
        await a_broker_that_goes_and_comes_back_is_a_gap(server, heard_by_both)


async def each_proof_of_who_connects_is_good():
    token = 'authorization { token: "secret" }'
    password = 'authorization { user: "me", password: "p@ss" }'
    key = f"authorization {{ users: [ {{ nkey: {KEY} }} ] }}"
    for configuration, good, bad in [
        (token, "secret@", "wrong@"),
        (password, "me:p%40ss@", "me:pass@"),
        (key, "", ""),
    ]:
        async with nats(configuration) as server:
            url = server.url.replace("//", f"//{good}")
            if configuration == key:
                with open(f"{server.place.name}/seed", "w") as file:
                    file.write(f"# not for others\n{SEED}\n")
                url += f"?nkey={server.place.name}/seed&name=n1"
            async with nodes(1, url):
                pass
            async with nodes(1, server.url.replace("//", f"//{bad}"), up=False) as (node,):
                await node.expect("down", "NATS_AUTHORIZATION")


async def permissions_that_are_missing_are_named():
    user = '{ user: "me", password: "pw", permissions: { subscribe: "other.>" } }'
    async with nats(f"authorization {{ users: [ {user} ] }}") as server:
        async with nodes(1, server.url.replace("//", "//me:pw@"), up=False) as (node,):
            await node.expect("down", "NATS_PERMISSIONS")


async def tls_begins_behind_what_the_server_says():
    files = f"cert_file: {text(CERTIFICATES / 'server.pem')}"
    files += f", key_file: {text(CERTIFICATES / 'server.key')}"
    trust = {"NODE_EXTRA_CA_CERTS": str(CERTIFICATES / "ca.pem")}
    async with nats(f"tls {{ {files} }}") as server:
        url = server.url.replace("nats://127.0.0.1", "tls://localhost")
        async with nodes(2, url, **trust) as (a, b), client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await server.subscribed("krandog.room.chat")
            await one.do("say", "chat", "hello")
            equal(await two.hear(), "hello")
        async with nodes(1, server.url, up=False) as (node,):
            await node.expect("down", "NATS_PROTOCOL")
        async with nodes(1, url, up=False) as (node,):
            # Nobody has said whom to trust.
            await node.expect("down", "UNABLE_TO_VERIFY_LEAF_SIGNATURE")
    async with nats() as server:
        url = server.url.replace("nats://127.0.0.1", "tls://localhost")
        async with nodes(1, url, up=False, **trust) as (node,):
            await node.expect("down", "NATS_PROTOCOL")


async def what_is_too_large_for_the_server_is_refused_and_the_rest_arrives():
    async with nats("max_payload: 1000") as server, nodes(2, server.url) as (a, b):
        async with client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await server.subscribed("krandog.room.chat")
            await one.do("say", "chat", "before")
            await one.do("say", "chat", "x" * 2000)
            await one.do("say", "chat", "after")
            await a.expect("down", "NATS_MAX_PAYLOAD")
            equal([await two.hear(), await two.hear()], ["before", "after"])
            await b.expect("gap", "sequence")


@contextlib.asynccontextmanager
async def cluster():
    """Two servers that know of each other."""
    routes = [free_port(), free_port()]
    join = "cluster {{ name: c, listen: '127.0.0.1:{}', routes: ['nats://127.0.0.1:{}'] }}"
    first = join.format(routes[0], routes[1]) + "\nlame_duck_duration: '30s'"
    async with nats(first) as one, nats(join.format(routes[1], routes[0])) as two:

        async def joined():
            return await one.routes() and await two.routes()

        await eventually(joined, 10)
        yield one, two


async def nodes_go_to_another_server_of_the_cluster():
    async with cluster() as (first, second), nodes(1, second.url) as (b,):
        async with nodes(1, first.url) as (a,), client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await second.subscribed("krandog.room.chat")

            async def known():
                await one.do("say", "chat", "ping")
                return two.got or await two.tried()

            await eventually(known)
            await first.kill()
            await a.expect("down", "ECONNRESET")
            await a.expect("up", "")
            await second.subscribed("krandog.all", 2)
            await one.do("say", "chat", "here")
            while await two.hear() != "here":
                pass


async def nodes_leave_a_server_that_says_it_is_about_to_end():
    async with cluster() as (first, second), nodes(1, first.url) as (node,):
        first.child.send_signal(signal.SIGUSR2)
        await node.expect("down", "NATS_LAME_DUCK")
        await node.expect("up", "")
        await second.subscribed("krandog.all")


async def servers_of_other_kinds_are_named():
    for answer, code in [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "NATS_PROTOCOL"),
        (b"-ERR unknown command 'HELLO'\r\n", "NATS_ERROR"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "NATS_PROTOCOL"),
        (b'INFO {"version":"1.4.0"}\r\n', "NATS_PROTOCOL"),
        (b"INFO nothing\r\n", "NATS_PROTOCOL"),
        (b"INFO " + b"x" * 70_000, "NATS_PROTOCOL"),
        (b"-ERR 'maximum connections exceeded'\r\n", "NATS_LIMIT"),
        (b'INFO {"headers":true}\r\nMSG a 1 99999999999\r\n', "NATS_PROTOCOL"),
    ]:
        async with liar(answer, "nats") as url, nodes(1, url, up=False) as (node,):
            await node.expect("down", code)


run(
    messages_reach_the_rooms_of_other_nodes,
    rooms_of_any_name_are_apart,
    a_room_is_left_with_its_last_member,
    ten_thousand_rooms_are_subscribed_to_at_once,
    a_server_that_goes_and_comes_back_is_a_gap,
    each_proof_of_who_connects_is_good,
    permissions_that_are_missing_are_named,
    tls_begins_behind_what_the_server_says,
    what_is_too_large_for_the_server_is_refused_and_the_rest_arrives,
    nodes_go_to_another_server_of_the_cluster,
    nodes_leave_a_server_that_says_it_is_about_to_end,
    servers_of_other_kinds_are_named,
)
