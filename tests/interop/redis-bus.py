"""Rooms of several processes over redis-server: messages, what is lost, and what is refused."""

import asyncio
import contextlib
import functools
import re

from nodes import Node, a_broker_that_goes_and_comes_back_is_a_gap, client, liar, nodes
from peer import CERTIFICATES, TESTS, equal, eventually, krandog, run
from redis import cluster, free_port, redis
from websockets.asyncio.client import connect


async def subscribed(server, channel):
    """Waits until somebody hears a channel."""

    async def look():
        return b":0\r\n" not in await server.ask("PUBSUB", "NUMSUB", channel)

    await eventually(look)


async def messages_reach_the_rooms_of_other_nodes():
    async with redis() as server, nodes(3, server.url) as (a, b, c):
        async with client(a) as one, client(b) as two, client(c) as three:
            await one.do("join", "chat")
            await two.do("join", "chat")
            await three.do("match", "ch*")
            await subscribed(server, "krandog:room:chat")

            async def heard():
                numbers = await server.ask("PUBSUB", "NUMPAT")
                return numbers == b":1\r\n"

            await eventually(heard)

            async def both():
                return b":2\r\n" in await server.ask("PUBSUB", "NUMSUB", "krandog:room:chat")

            await eventually(both)
            for number in range(100):
                await one.do("say", "chat", f"n{number}")
            for other in (two, three):
                equal([await other.hear() for _ in range(100)], [f"n{n}" for n in range(100)])
            equal(one.got, [])
            await two.do("all", "everybody")
            for each in (one, two, three):
                equal(await each.hear(), "everybody")


async def a_room_is_left_with_its_last_member():
    async with redis() as server, nodes(1, server.url) as (node,), client(node) as one:
        await one.do("join", "chat")
        await subscribed(server, "krandog:room:chat")
        await one.do("leave", "chat")

        async def gone():
            return b":0\r\n" in await server.ask("PUBSUB", "NUMSUB", "krandog:room:chat")

        await eventually(gone)


async def ten_thousand_rooms_are_subscribed_to_at_once():
    # As many as a socket may be in by default, with ten sockets.
    async with redis() as server, nodes(1, server.url) as (node,):
        async with contextlib.AsyncExitStack() as stack:
            for number in range(10):
                one = await stack.enter_async_context(client(node))
                await one.do("many", f"room{number}-", "1000")

            async def all_of_them():
                reply = await server.ask("INFO", "stats")
                return b"pubsub_channels:10001" in reply

            await eventually(all_of_them)


async def a_server_that_goes_and_comes_back_is_a_gap():
    async with redis() as server:
        heard_by_both = functools.partial(subscribed, server, "krandog:room:chat")
        await a_broker_that_goes_and_comes_back_is_a_gap(server, heard_by_both)


async def a_killed_connection_loses_nothing_that_was_published():
    async with redis() as server, nodes(2, server.url) as (a, b):
        async with client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await subscribed(server, "krandog:room:chat")
            sent = 0
            for _ in range(5):
                for _ in range(40):
                    await one.do("say", "chat", f"n{sent}")
                    sent += 1
                # The publisher's connection alone: it is the older one.
                listed = await server.ask("CLIENT", "LIST")
                (first,) = [
                    line.split()[0].removeprefix(b"id=").decode()
                    for line in listed.split(b"\n")
                    if b"name=krandog" in line and b" sub=1 " in line
                ]
                await server.ask("CLIENT", "KILL", "ID", first)
                await a.expect("down", "ECONNRESET")
                await a.expect("up", "")
            await one.do("say", "chat", "last")
            heard = []
            while heard[-1:] != ["last"]:
                heard.append(await two.hear())
            equal(heard, [f"n{n}" for n in range(sent)] + ["last"])
            assert ["gap", "sequence"] not in b.news


async def users_passwords_and_databases_are_those_of_the_url():
    async with redis("--requirepass", "secret") as server:
        for credentials in [":secret", "default:secret"]:
            url = server.url.replace("//", f"//{credentials}@") + "/3?prefix=x&name=n1"
            async with nodes(1, url):
                listed = await server.ask(["AUTH", "secret"], ["CLIENT", "LIST"])
                if b"name=n1" not in listed:
                    listed = await server.ask(["AUTH", "secret"], ["CLIENT", "LIST"])
                assert b"name=n1" in listed, listed
        for url, code in [
            (server.url, "NOAUTH"),
            (server.url.replace("//", "//:wrong@"), "WRONGPASS"),
            (server.url.replace("//", "//me:secret@"), "WRONGPASS"),
        ]:
            async with nodes(1, url, up=False) as (node,):
                await node.expect("down", code)


async def an_acl_that_forbids_channels_is_named():
    acl = ["--user", "me", "on", ">pw", "+@all", "resetchannels", "~*"]
    async with redis(*acl) as server:
        url = server.url.replace("//", "//me:pw@")
        async with nodes(1, url, up=False) as (node,):
            await node.expect("down", "NOPERM")


async def a_unix_socket_is_as_good():
    async with redis() as server, nodes(2, f"redis+unix://{server.socket}") as (a, b):
        async with client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await subscribed(server, "krandog:room:chat")
            await one.do("say", "chat", "hello")
            equal(await two.hear(), "hello")


async def servers_of_other_kinds_are_named():
    for answer, code in [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "REDIS_PROTOCOL"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "REDIS_PROTOCOL"),
        (b"-ERR unknown command 'HELLO'\r\n", "ERR"),
        (b"-NOPROTO unsupported protocol version\r\n", "NOPROTO"),
        (b"-LOADING Redis is loading the dataset in memory\r\n", "LOADING"),
        (b"-ERR max number of clients reached\r\n", "ERR"),
        (b"%1\r\n+proto\r\n:3\r\n:1\r\n:2\r\n", "REDIS_PROTOCOL"),
        (b"*1\r\n" * 1000, "REDIS_PROTOCOL"),
        (b"$999999999999\r\n", "REDIS_PROTOCOL"),
        (b"*-1\r\n", "REDIS_PROTOCOL"),
    ]:
        async with liar(answer, "redis") as url, nodes(1, url, up=False) as (node,):
            await node.expect("down", code)


async def without_a_listener_an_outage_is_said_once():
    code = (
        "import http from 'http';"
        "const server = http.createServer(() => 'hello');"
        "await server.listen(0); console.log(server.address().port)"
    )
    async with krandog("-e", code, KRANDOG_BUS="redis://127.0.0.1:1") as process:
        port = int(await process.line())
        assert port

        async def told():
            return "the bus of a hub: redis://127.0.0.1:1" in process.errors

        await eventually(told)
        await asyncio.sleep(0.5)
        equal(process.errors.count("the bus of a hub"), 1)
    async with krandog("--bus=redis://127.0.0.1:1", "--bus-required", "-e", code) as process:
        equal(await process.wait(), 1)
        assert "there is no bus (--bus-required): redis://127.0.0.1:1" in process.errors


async def servers_get_the_bus_of_the_environment():
    async with redis() as server, contextlib.AsyncExitStack() as stack:
        script = "interop/bus-node.js"
        found = []
        for _ in range(2):
            process = await stack.enter_async_context(krandog(script, KRANDOG_BUS=server.url))
            node = Node(process)
            await node.start()
            await node.expect("up", "")
            found.append(await stack.enter_async_context(client(node)))
        one, two = found
        await two.do("join", "chat")
        await subscribed(server, "krandog:room:chat")
        await one.do("say", "chat", "hello")
        equal(await two.hear(), "hello")


async def tls_is_spoken_with_rediss():
    port = free_port()
    options = ["--tls-port", str(port), "--tls-auth-clients", "no"]
    for name, file in [("cert", "server.pem"), ("key", "server.key"), ("ca-cert", "ca.pem")]:
        options += [f"--tls-{name}-file", str(CERTIFICATES / file)]
    trust = {"SSL_CERT_FILE": str(CERTIFICATES / "ca.pem")}
    async with redis(*options) as server:
        url = f"rediss://localhost:{port}"
        async with nodes(2, url, **trust) as (a, b), client(a) as one, client(b) as two:
            await two.do("join", "chat")
            await subscribed(server, "krandog:room:chat")
            await one.do("say", "chat", "hello")
            equal(await two.hear(), "hello")
        async with nodes(1, url, up=False, SSL_CERT_FILE="/dev/null") as (node,):
            await node.expect("down", "SELF_SIGNED_CERT_IN_CHAIN")
        # It wants TLS, and the other port does not.
        async with nodes(1, f"redis://localhost:{port}", up=False) as (node,):
            await node.expect("down", "ECONNRESET")


async def a_program_that_only_publishes_ends_when_that_is_done():
    code = (
        "import { Hub } from 'krandog:hub';"
        "new Hub({ bus: process.argv.at(-1) }).publish('chat', 'hello')"
    )
    async with redis() as server, nodes(1, server.url) as (node,), client(node) as one:
        await one.do("join", "chat")
        await subscribed(server, "krandog:room:chat")
        async with krandog("-e", code, server.url) as process:
            equal(await process.wait(), 0)
        equal(await one.hear(), "hello")
    async with krandog("-e", code, "redis://127.0.0.1:1") as process:
        equal(await process.wait(), 0)


async def nodes_of_a_cluster_are_one_bus():
    async with cluster() as servers, contextlib.AsyncExitStack() as stack:
        (a,) = await stack.enter_async_context(nodes(1, servers[0].url))
        (b,) = await stack.enter_async_context(nodes(1, servers[2].url))
        one = await stack.enter_async_context(client(a))
        two = await stack.enter_async_context(client(b))
        await two.do("join", "chat")
        await subscribed(servers[2], "krandog:room:chat")
        await one.do("say", "chat", "hello")
        equal(await two.hear(), "hello")


async def the_program_of_the_page_scales():
    page = (TESTS.parent / "docs/scaling.md").read_text()
    page = page[page.index("## Several machines") :]
    (program,) = re.findall(r"^// chat.js\n(.*?)^```$", page, re.M | re.S)
    # A free port in place of the page's, which it says.
    program = program.replace("Number(process.argv[2] ?? 3000)", "0, () => say(server)")
    program += "const say = (server) => console.log(server.address().port);"
    async with redis() as server, contextlib.AsyncExitStack() as stack:
        found = []
        for _ in range(2):
            process = await stack.enter_async_context(krandog("--bus", server.url, "-e", program))
            url = f"ws://127.0.0.1:{await process.line()}"
            found.append(await stack.enter_async_context(connect(url)))
        one, two = found
        await two.send("first")
        equal(await asyncio.wait_for(two.recv(), 5), "first")
        await subscribed(server, "krandog:room:chat")
        await one.send("hello")
        equal(await asyncio.wait_for(two.recv(), 5), "hello")


run(
    messages_reach_the_rooms_of_other_nodes,
    a_room_is_left_with_its_last_member,
    ten_thousand_rooms_are_subscribed_to_at_once,
    a_server_that_goes_and_comes_back_is_a_gap,
    a_killed_connection_loses_nothing_that_was_published,
    users_passwords_and_databases_are_those_of_the_url,
    an_acl_that_forbids_channels_is_named,
    a_unix_socket_is_as_good,
    servers_of_other_kinds_are_named,
    without_a_listener_an_outage_is_said_once,
    servers_get_the_bus_of_the_environment,
    tls_is_spoken_with_rediss,
    a_program_that_only_publishes_ends_when_that_is_done,
    nodes_of_a_cluster_are_one_bus,
    the_program_of_the_page_scales,
)
