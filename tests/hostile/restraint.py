"""Peers that come too often, say too much, or say that they are somebody else."""

import asyncio
import contextlib
import json
import ssl
import struct

from hostile import MIB, Neighbour, Server, connect, opened, request, serving
from peer import CERTIFICATES, client_tls, equal, krandog, run
from wire import BINARY, PING, PONG, TEXT, frame, handshake

HOUR = 3_600_000
V2 = b"\r\n\r\n\0\r\nQUIT\n"
LINE = b"PROXY TCP4 192.0.2.1 10.0.0.1 56324 443\r\n"


async def asked(peer, target, *fields):
    await peer.send(request(target, *fields, "Connection: close"))
    _, reply = await peer.end()
    head, _, body = reply.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1"), body.decode()


async def a_flood_of_messages_is_closed_with_1008():
    limit = {"messages": 200, "bytes": 100_000, "per": HOUR, "action": "close"}
    # The neighbour says less than that in the meantime.
    async with serving(websocket={"rateLimit": limit}) as server:
        for flood in (
            frame(TEXT, b"x") * 5000,
            frame(PING, b"x") * 5000,
            frame(PONG, b"x") * 5000,
            frame(BINARY, bytes(60_000)) * 20,
        ):
            peer = await opened(server.port)
            await peer.try_send(flood)
            equal(await peer.close_code(), 1008)
            peer.close()
        closed = await server.closed(count=4)
        equal({(entry["code"], entry["cause"]) for entry in closed}, {(1008, "limit")})
        # One warning is enough for all of them.
        equal(server.process.errors.count("option rateLimit"), 1)


async def a_flood_that_is_made_to_wait_goes_as_fast_as_it_may():
    rate, burst = 300, 100
    async with serving(websocket={"rateLimit": {"messages": rate, "burst": burst}}) as server:
        loop = asyncio.get_running_loop()
        memory, start = server.memory(), loop.time()
        peers = [await opened(server.port) for _ in range(20)]
        flood = frame(TEXT, b"x" * 50) * 400_000
        tasks = [asyncio.create_task(peer.try_send(flood)) for peer in peers]
        await server.neighbour.rounds(200)
        grown = server.memory() - memory
        assert grown < 16 * MIB, f"{grown >> 10} KiB more"
        assert not any(task.done() for task in tasks), "the flood has been taken"
        echoed = 0
        while echoed < burst or peers[0].buffer:
            equal(await peers[0].frame(), (TEXT, b"x" * 50))
            echoed += 1
        # One more than it may is let through, and then owed.
        most = burst + rate * (loop.time() - start) + 1
        assert echoed <= most, f"{echoed} messages in a time in which {most} may come"
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for peer in peers:
            peer.reset()


async def connects_of_one_address_without_end_are_refused():
    rate = {"connections": 20, "per": HOUR}
    async with serving(connectRate=rate, maxConnectionsPerAddress=10) as server:
        statuses = []
        # The neighbour is the first of them.
        inside = [await opened(server.port) for _ in range(9)]
        for _ in range(200):
            peer = await connect(server.port)
            await peer.try_send(handshake())
            statuses.append(await peer.status())
            peer.close()
        equal(set(statuses), {429})
        await server.neighbour.rounds(5)
        for peer in inside:
            await peer.send(frame(TEXT, b"still here"))
            equal(await peer.frame(), (TEXT, b"still here"))
            peer.close()
        equal(server.process.errors.count("a connection is refused"), 2)


async def refused_connections_do_not_stay():
    async with serving(maxConnections=1) as server:
        before = server.descriptors()
        silent = [await connect(server.port) for _ in range(300)]
        for peer in silent:
            equal(await peer.status(), 503)
        equal(server.descriptors(), before)
        for peer in silent:
            peer.close()


async def forwarding_fields_of_strangers_are_not_believed():
    for trust in (False, "10.0.0.0/8", ["192.0.2.1", "private"]):
        async with serving(trustProxy=trust) as server:
            for fields in (
                ("X-Forwarded-For: 6.6.6.6",),
                ("X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil"),
                ("Forwarded: for=6.6.6.6;proto=https;host=evil",),
                ("X-Real-IP: 6.6.6.6", "CF-Connecting-IP: 6.6.6.6"),
            ):
                status, _, body = await asked(await connect(server.port), "/who", *fields)
                address, port, protocol, host = body.split(" ")
                equal((status, address, protocol, host), (200, "127.0.0.1", "http", "localhost"))
                assert int(port) > 0, port


async def what_comes_before_the_word_of_a_proxy_is_not_believed():
    """Of each of these the last entry is what the trusted proxy has appended."""
    for header, fields in (
        ("x-forwarded-for", ["X-Forwarded-For: 6.6.6.6, 1.2.3.4"]),
        ("x-forwarded-for", ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 1.2.3.4"]),
        ("x-forwarded-for", ["X-Forwarded-For: 127.0.0.1, 6.6.6.6, 127.0.0.1, 1.2.3.4"]),
        ("x-forwarded-for", ["X-Forwarded-For: " + "6.6.6.6, " * 1500 + "1.2.3.4"]),
        ("x-forwarded-for", ["X-Forwarded-For: ,,,\"6.6.6.6\",,1.2.3.4"]),
        ("x-forwarded-for", ["X-Forwarded-For: 1.2.3.4", "Forwarded: for=6.6.6.6"]),
        ("forwarded", ["Forwarded: for=6.6.6.6, for=1.2.3.4"]),
        ("forwarded", ["Forwarded: for=6.6.6.6;x=\"a, for=7.7.7.7\", for=1.2.3.4"]),
        ("forwarded", ["Forwarded: for=1.2.3.4", "X-Forwarded-For: 6.6.6.6"]),
    ):
        async with serving(trustProxy="loopback", trustProxyHeader=header) as server:
            _, _, body = await asked(await connect(server.port), "/who", *fields)
            equal(body.split(" ")[0], "1.2.3.4")
    # Nor is a client that hides what its proxy says: then only the proxy is known.
    async with serving(trustProxy="loopback", trustProxyHeader="forwarded") as server:
        field = 'Forwarded: for=6.6.6.6;x=", for=1.2.3.4'
        _, _, body = await asked(await connect(server.port), "/who", field)
        equal(body.split(" ")[0], "127.0.0.1")


@contextlib.asynccontextmanager
async def behind_a_balancer(**options):
    options = {"proxyProtocol": True, **options}
    async with krandog("hostile/server.js", json.dumps(options)) as process:
        port = int(await process.line())
        peer = await announced(port, LINE + handshake("/neighbour"))
        equal(await peer.status(), 101)
        server = Server(process, port, Neighbour(peer))
        yield server
        await server.neighbour.rounds(3)
        await server.neighbour.stop()
        equal(process.child.returncode, None)
        assert "panicked" not in process.errors, process.errors


async def announced(port, data):
    peer = await connect(port)
    await peer.try_send(data)
    return peer


async def who(port, header):
    return (await asked(await announced(port, header), "/who"))[2]


def v2(command, family, body, length=None):
    return V2 + bytes([command, family]) + struct.pack("!H", len(body) if length is None else length) + body


V4 = bytes([192, 0, 2, 9, 10, 0, 0, 1]) + struct.pack("!HH", 4711, 443)


async def whom_a_balancer_speaks_for_is_told():
    async with behind_a_balancer() as server:
        equal(await who(server.port, LINE), "192.0.2.1 56324 http localhost")
        equal(await who(server.port, v2(0x21, 0x11, V4 + b"\x03\x00\x01x")), "192.0.2.9 4711 http localhost")
        for local in (b"PROXY UNKNOWN\r\n", v2(0x20, 0, b"")):
            assert (await who(server.port, local)).startswith("127.0.0.1 "), local
        # Byte by byte.
        peer = await connect(server.port)
        for byte in v2(0x21, 0x11, V4):
            await peer.send(bytes([byte]))
            await asyncio.sleep(0)
        equal((await asked(peer, "/who"))[2], "192.0.2.9 4711 http localhost")


async def whoever_comes_around_the_balancer_is_refused():
    async with behind_a_balancer() as server:
        garbage = (
            request("/who"),
            handshake(),
            b"\x16\x03\x01\x02\x00\x01",
            b"PROXY TCP4 evil evil 1 2\r\n" + request("/who"),
            b"PROXY TCP4 1.2.3.4 1.2.3.4 99999 2\r\n" + request("/who"),
            b"PROXY " + b"x" * 5000,
            LINE[:-2] + b"\n" + request("/who"),
            b"\r\n" * 3 + request("/who"),
            v2(0x31, 0x11, V4) + request("/who"),
            v2(0x21, 0x11, V4[:8]) + request("/who"),
            v2(0x21, 0xFF, V4) + request("/who"),
            v2(0x21, 0x11, V4, length=0xFFFF) + bytes(70_000),
        )
        for beginning in garbage:
            equal((beginning[:40], await (await announced(server.port, beginning)).end()), (beginning[:40], ("reset", b"")))
        # A second header is no request.
        status, _, _ = await asked(await announced(server.port, LINE + LINE), "/who")
        equal(status, 400)
        _, _, body = await asked(await announced(server.port, LINE), "/refused")
        equal(json.loads(body)["proxyProtocol"], len(garbage))
        equal(server.process.errors.count("proxyProtocol"), 1)


async def half_a_header_is_waited_for_as_long_as_a_head():
    async with behind_a_balancer(handshakeTimeout=300) as server:
        halves = [b"", LINE[:20], V2[:5], v2(0x21, 0x11, V4)[:20]]
        peers = [await announced(server.port, half) for half in halves]
        # What comes after the header has the rest of that time, not the same again.
        peers.append(await announced(server.port, LINE))
        start = asyncio.get_running_loop().time()
        for peer in peers:
            await peer.end()
        took = asyncio.get_running_loop().time() - start
        assert took < 5, took


async def addresses_are_those_that_a_balancer_tells():
    async with behind_a_balancer(maxConnectionsPerAddress=2, trustProxy="192.0.2.1") as server:
        header = v2(0x21, 0x11, V4)
        inside = [await announced(server.port, header + handshake()) for _ in range(2)]
        for peer in inside:
            equal(await peer.status(), 101)
        equal(await (await announced(server.port, header + handshake())).end(), ("reset", b""))
        # This one is a proxy that is trusted, and speaks for others.
        status, _, body = await asked(
            await announced(server.port, LINE), "/who", "X-Forwarded-For: 6.6.6.6, 1.2.3.4"
        )
        equal((status, body.split(" ")[0]), (200, "1.2.3.4"))
        for peer in inside:
            peer.close()


async def tls_begins_behind_the_header():
    identity = {"cert": str(CERTIFICATES / "server.pem"), "key": str(CERTIFICATES / "server.key")}
    options = {"proxyProtocol": True, "tls": identity}
    async with krandog("hostile/server.js", json.dumps(options)) as process:
        port = int(await process.line())
        for header in (LINE, v2(0x21, 0x11, V4)):
            for together in (True, False):
                equal(await secure_who(port, header, together), header == LINE)
        # Plain HTTP behind it is told what it should have been.
        peer = await announced(port, LINE + request("/who"))
        equal(await peer.status(), 400)
        peer = await announced(port, request("/who"))
        equal(await peer.end(), ("reset", b""))
        equal(process.child.returncode, None)


async def secure_who(port, header, together):
    """Does a handshake by hand, so that it begins in the packet of the header or in the next."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = client_tls().wrap_bio(incoming, outgoing, server_hostname="localhost")
    peer = await connect(port)
    if not together:
        await peer.send(header)
        await asyncio.sleep(0.02)
        header = b""

    async def until(step):
        nonlocal header
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                await peer.send(header + outgoing.read())
                header = b""
                incoming.write(await peer.more())

    await until(session.do_handshake)
    session.write(request("/who", "Connection: close"))
    await peer.send(outgoing.read())
    reply = await until(lambda: session.read(4096))
    while b"\r\n\r\n" not in reply or not reply.endswith(b"localhost"):
        reply += await until(lambda: session.read(4096))
    peer.close()
    assert b" https localhost" in reply, reply
    return b"192.0.2.1 56324" in reply


run(
    a_flood_of_messages_is_closed_with_1008,
    a_flood_that_is_made_to_wait_goes_as_fast_as_it_may,
    connects_of_one_address_without_end_are_refused,
    refused_connections_do_not_stay,
    forwarding_fields_of_strangers_are_not_believed,
    what_comes_before_the_word_of_a_proxy_is_not_believed,
    whom_a_balancer_speaks_for_is_told,
    whoever_comes_around_the_balancer_is_refused,
    half_a_header_is_waited_for_as_long_as_a_head,
    addresses_are_those_that_a_balancer_tells,
    tls_begins_behind_the_header,
)
