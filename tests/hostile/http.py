"""Peers that abuse HTTP: too slow, too much, not HTTP at all. A neighbour must not feel it."""

import asyncio
import json
import os

from hostile import MIB, connect, flooded, request, serving
from peer import equal, run
from wire import handshake

SHORT = {"websocket": {"handshakeTimeout": 300}}


async def a_slow_header_is_cut_off_with_408():
    async with serving(**SHORT) as server:
        peers = [await connect(server.port) for _ in range(20)]
        # A byte now and then does not buy more time.
        data = handshake()[:12]
        for byte in data:
            for peer in peers:
                await peer.try_send(bytes([byte]))
            await asyncio.sleep(0.05)
        for peer in peers:
            equal(await peer.status(), 408)
            await peer.end()


async def a_connection_that_says_nothing_is_closed():
    async with serving(**SHORT) as server:
        peers = [await connect(server.port) for _ in range(20)]
        for peer in peers:
            equal(await peer.end(), ("end", b""))


async def a_slow_body_is_cut_off_with_408():
    async with serving(requestTimeout=300) as server:
        peer = await connect(server.port)
        await peer.send(request("/body", "Content-Length: 1000", method="POST", body=b"a"))
        equal(await peer.status(), 408)
        peer = await connect(server.port)
        await peer.send(request("/body", "Transfer-Encoding: chunked", method="POST", body=b"f\r\n"))
        equal(await peer.status(), 408)


async def too_many_and_too_long_headers_are_refused_with_431():
    async with serving() as server:
        many = request("/", *(f"X-{index}: a" for index in range(200)))
        endless = b"GET / HTTP/1.1\r\nX-Endless: " + b"a" * (1 << 20)
        for data in (many, endless):
            peer = await connect(server.port)
            await peer.try_send(data)
            equal(await peer.status(), 431)
        peer = await connect(server.port)
        await peer.try_send(b"GET /" + b"a" * (1 << 20))
        equal(await peer.status(), 414)


async def too_large_a_body_is_refused_with_413():
    async with serving(maxBody=1000) as server:
        for fields, body in [
            (["Content-Length: 1001"], b""),
            (["Transfer-Encoding: chunked"], b"3e9\r\n"),
        ]:
            peer = await connect(server.port)
            await peer.send(request("/body", *fields, method="POST", body=body))
            equal(await peer.status(), 413)


async def what_is_no_http_is_refused_with_400():
    client_hello = bytes.fromhex("16030100c8010000c40303") + os.urandom(192)
    async with serving() as server:
        for data in (client_hello, b"\x00" * 100, b"hello\r\n\r\n", b"SSH-2.0-OpenSSH_9.6\r\n\r\n"):
            peer = await connect(server.port)
            await peer.send(data)
            equal((await peer.status(), data[:9]), (400, data[:9]))
            equal((await peer.end())[0], "end")
        for _ in range(50):
            peer = await connect(server.port)
            await peer.try_send(os.urandom(4096))
            peer.reset()


async def a_half_closed_connection_still_gets_its_reply():
    async with serving() as server:
        for target, size in [("/", 2), ("/bigger", 8 * MIB)]:
            peer = await connect(server.port)
            await peer.send(request(target))
            peer.half_close()
            await server.neighbour.rounds(5)
            equal(await peer.status(), 200)
            ending, body = await peer.end()
            equal((ending, len(body)), ("end", size))


async def a_reply_is_not_cut_off_because_its_reader_is_slow():
    """Longer than a connection may idle, and longer than one may take to end."""
    async with serving(keepAliveTimeout=100) as server:
        peers = []
        for fields in ([], ["Connection: close"]):
            peer = await connect(server.port, receive_buffer=1 << 16)
            await peer.send(request("/bigger", *fields))
            equal(await peer.status(), 200)
            peers.append(peer)
        await asyncio.sleep(2.3)
        for peer in peers:
            ending, body = await peer.end()
            equal((ending, len(body)), ("end", 8 * MIB))


async def a_reader_that_has_stopped_is_given_up():
    async with serving(requestTimeout=300) as server:
        before = server.descriptors()
        for fields in ([], ["Connection: close"]):
            peer = await connect(server.port, receive_buffer=1 << 16)
            await peer.send(request("/bigger", *fields))
            equal(await peer.status(), 200)
            while server.descriptors() > before:
                await asyncio.sleep(0.02)
            equal((await peer.end())[0], "reset")


async def requests_wait_while_nobody_reads_the_replies():
    async with serving() as server:
        before = server.memory()
        peer = await connect(server.port, receive_buffer=1 << 16)
        await peer.send(request("/big") * 1000)
        await server.neighbour.rounds(20)
        grown = server.memory("VmHWM") - before
        assert grown < 32 * MIB, f"{grown >> 20} MiB for replies that nobody reads"
        # None is lost.
        for _ in range(30):
            equal(await peer.status(), 200)
            equal(len(await peer.take(MIB)), MIB)


async def a_flood_of_requests_does_not_starve_others():
    async with serving() as server:
        peers = [await connect(server.port) for _ in range(2)]
        async with flooded(peers, request("/") * 2000):
            await server.neighbour.rounds(20)


async def a_peer_that_has_gone_does_not_wait_for_its_reply():
    async with serving() as server:
        before = server.descriptors()
        for _ in range(50):
            peer = await connect(server.port)
            await peer.send(request("/never"))
            await server.neighbour.rounds(1)
            peer.reset()
        while server.descriptors() > before:
            await asyncio.sleep(0.02)


async def a_constant_body_is_there_once_for_all_who_do_not_read_it():
    async with serving() as server:
        for path in ("/constant", "/constant-bytes"):
            peers = [await connect(server.port, receive_buffer=4096) for _ in range(200)]
            await server.neighbour.rounds(1)
            before = server.memory()
            for peer in peers:
                await peer.send(request(path))
                equal(await peer.status(), 200)
            grown = server.memory() - before
            assert grown < 24 * MIB, f"{grown >> 20} MiB for a body of 2 MiB"
            # Each gets all of it.
            for peer in peers[:10]:
                equal(await peer.take(2 * MIB), b"x" * (2 * MIB))
            for peer in peers:
                peer.close()


def colliding(bits, count):
    """Names that have the same hash in the engine: pieces of either kind weigh the same in it."""
    pieces = ("azzaazzzzaaz", "yvfnvvwpbafx")
    rows = ("".join(pieces[number >> bit & 1] for bit in range(bits)) for number in range(count))
    return list(rows)


async def names_that_were_chosen_to_collide_are_refused_with_400():
    async with serving() as server:
        peer = await connect(server.port)
        await peer.send(request("/deep?depth=0&" + "&".join(colliding(7, 80))))
        equal(await peer.status(), 400)
        for names, status in ((colliding(12, 4096), 400), (colliding(5, 32), 200)):
            peer = await connect(server.port)
            body = json.dumps(dict.fromkeys(names, 1)).encode()
            head = f"Content-Length: {len(body)}"
            await peer.send(request("/json", head, method="POST", body=body))
            equal(await peer.status(), status)
        # A name that is repeated is one name.
        peer = await connect(server.port)
        await peer.send(request("/recurse?how=caught&" + "&".join(["a=1"] * 1000)))
        equal(await peer.status(), 200)


run(
    a_slow_header_is_cut_off_with_408,
    a_connection_that_says_nothing_is_closed,
    a_slow_body_is_cut_off_with_408,
    too_many_and_too_long_headers_are_refused_with_431,
    too_large_a_body_is_refused_with_413,
    what_is_no_http_is_refused_with_400,
    a_half_closed_connection_still_gets_its_reply,
    a_reply_is_not_cut_off_because_its_reader_is_slow,
    a_reader_that_has_stopped_is_given_up,
    requests_wait_while_nobody_reads_the_replies,
    a_flood_of_requests_does_not_starve_others,
    a_peer_that_has_gone_does_not_wait_for_its_reply,
    a_constant_body_is_there_once_for_all_who_do_not_read_it,
    names_that_were_chosen_to_collide_are_refused_with_400,
)
