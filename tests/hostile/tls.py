"""Peers that misuse TLS, some of them in numbers. A neighbour over TLS must not feel it."""

import asyncio
import contextlib
import json
import random
import ssl

from hostile import MIB, Neighbour, Peer, Server, connect
from peer import CERTIFICATES, client_tls, equal, krandog, run
from wire import TEXT, frame, handshake

IDENTITY = {"cert": str(CERTIFICATES / "server.pem"), "key": str(CERTIFICATES / "server.key")}
# A record of a handshake, and in it a ClientHello that says it is of 64 KiB.
ENDLESS_HELLO = bytes([22, 3, 1, 0x40, 0, 1, 0, 0xFF, 0xFF]) + bytes(0x4000 - 4)
MORE_OF_IT = bytes([22, 3, 1, 0x40, 0]) + bytes(0x4000)


class SecurePeer(Peer):
    """A peer that does all of TLS as it should."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.buffer = reader, writer, bytearray()

    async def send(self, data):
        self.writer.write(data)
        await asyncio.wait_for(self.writer.drain(), 20)

    async def more(self):
        piece = await asyncio.wait_for(self.reader.read(1 << 16), 20)
        self.buffer += piece
        return piece

    def close(self):
        self.writer.close()


async def secured(port, target="/"):
    streams = await asyncio.open_connection("localhost", port, ssl=client_tls())
    peer = SecurePeer(*streams)
    await peer.send(handshake(target))
    equal(await peer.status(), 101)
    return peer


@contextlib.asynccontextmanager
async def serving(**options):
    """A server with TLS under attack for as long as the block."""
    async with krandog("hostile/server.js", json.dumps({"tls": IDENTITY, **options})) as process:
        port = int(await process.line())
        server = Server(process, port, Neighbour(await secured(port, "/neighbour")))
        yield server
        await server.neighbour.rounds()
        await server.neighbour.stop()
        equal(process.child.returncode, None)


def hello():
    """What a client says first."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = client_tls().wrap_bio(incoming, outgoing, server_hostname="localhost")
    with contextlib.suppress(ssl.SSLWantReadError):
        tls.do_handshake()
    return outgoing.read()


async def gone(server, descriptors):
    async with asyncio.timeout(20):
        while server.descriptors() > descriptors:
            await asyncio.sleep(0.05)


async def a_thousand_handshakes_that_never_end():
    async with serving(handshakeTimeout=4000) as server:
        # What a first handshake needs is kept for the next one.
        (await secured(server.port)).close()
        before, descriptors = server.memory(), server.descriptors()
        first = hello()
        endless = [ENDLESS_HELLO, *[MORE_OF_IT] * 3]
        kinds = [[], [first[:1]], [first[: len(first) // 2]], [first], endless]
        peers = []
        for number in range(1000):
            peer = await connect(server.port)
            for piece in kinds[number % len(kinds)]:
                await peer.try_send(piece)
            peers.append(peer)
        assert server.descriptors() >= descriptors + 900, "they wait"
        grown = server.memory() - before
        assert grown < 64 * MIB, f"{grown >> 10} KiB more for 1000 handshakes"
        await server.neighbour.rounds(20)
        assert server.neighbour.slowest < 2, f"a neighbour waited for {server.neighbour.slowest} s"
        # Each of them has its time.
        await gone(server, descriptors)
        for peer in peers:
            peer.close()


async def a_client_that_stops_in_the_middle_of_its_handshake():
    async with serving(handshakeTimeout=1000) as server:
        descriptors = server.descriptors()
        first = hello()
        for end in [*range(1, 12), *range(12, len(first), 97), len(first)]:
            peer = await connect(server.port)
            await peer.send(first[:end])
            if end % 3 == 0:
                peer.reset()
            elif end % 3 == 1:
                peer.half_close()
                await peer.end()
                peer.close()
            else:
                peer.close()
        await gone(server, descriptors)
        await server.neighbour.rounds()


async def a_handshake_of_one_byte_at_a_time_has_no_more_time_than_another():
    async with serving(handshakeTimeout=1000) as server:
        start = asyncio.get_running_loop().time()
        peer = await connect(server.port)
        for byte in hello():
            if not await peer.try_send(bytes([byte])):
                break
            await asyncio.sleep(0.1)
        used = asyncio.get_running_loop().time() - start
        assert 0.9 < used < 5, f"it had {used} s"
        await server.neighbour.rounds()


async def noise_at_every_stage():
    async with serving(handshakeTimeout=1000) as server:
        descriptors = server.descriptors()
        noise = random.Random(1)
        first = hello()
        for number in range(150):
            peer = await connect(server.port)
            stage = number % 5
            if stage == 0:
                await peer.try_send(bytes([22]) + noise.randbytes(600))
            elif stage == 1:
                changed = bytearray(first)
                changed[noise.randrange(5, len(changed))] ^= 1 << noise.randrange(8)
                await peer.try_send(bytes(changed))
            elif stage == 2:
                await peer.try_send(first + noise.randbytes(600))
            elif stage == 3:
                # A record that anybody may send once (RFC 8446 5), a hundred times.
                await peer.try_send(first + bytes([20, 3, 3, 0, 1, 1]) * 100)
            else:
                await peer.try_send(first + bytes([21, 3, 3, 0, 2, 1, 90]) * 100)
            if number % 2:
                peer.reset()
            else:
                peer.half_close()
                await peer.end()
                peer.close()
        await gone(server, descriptors)
        await server.neighbour.rounds()


async def records_that_are_no_records_after_the_handshake():
    async with serving() as server:
        forged, too_long = b"\x17\x03\x03\x00\x20" + bytes(32), b"\x16\x03\x03\xff\xff"
        for noise in [forged, too_long, b"GET / HTTP/1.1\r\n\r\n"]:
            peer = await connect(server.port)
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            tls = client_tls().wrap_bio(incoming, outgoing, server_hostname="localhost")
            while True:
                try:
                    tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    await peer.send(outgoing.read())
                    incoming.write(await peer.more())
            tls.write(handshake("/attacker"))
            await peer.send(outgoing.read())
            while b"101 Switching" not in answer(tls):
                incoming.write(await peer.more())
            await peer.try_send(noise)
            await peer.end()
            peer.close()
        async with asyncio.timeout(10):
            while len(closed := await closed_of(server.port)) < 3:
                await asyncio.sleep(0.02)
        equal({(entry["code"], entry["cause"]) for entry in closed}, {(1006, "tls")})


def answer(tls):
    """What has come, if anything."""
    try:
        return tls.read(1 << 16)
    except ssl.SSLWantReadError:
        return b""


async def closed_of(port):
    """How the script saw the attackers' WebSockets end."""
    reader, writer = await asyncio.open_connection("localhost", port, ssl=client_tls())
    writer.write(b"GET /closed HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    reply = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    closed = json.loads(reply.partition(b"\r\n\r\n")[2])
    return [entry for entry in closed if entry["pathname"] == "/attacker"]


run(
    a_thousand_handshakes_that_never_end,
    a_client_that_stops_in_the_middle_of_its_handshake,
    a_handshake_of_one_byte_at_a_time_has_no_more_time_than_another,
    noise_at_every_stage,
    records_that_are_no_records_after_the_handshake,
)
