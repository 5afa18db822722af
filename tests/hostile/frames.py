"""Peers that abuse WebSocket: broken frames, floods, bombs, silence. A neighbour must not feel it."""

import asyncio
import struct
import zlib

from hostile import MIB, connect, flooded, opened, serving
from peer import equal, run
from wire import BINARY, CLOSE, PING, PONG, TEXT, frame, handshake

CONTINUATION = 0


async def a_frame_byte_by_byte_is_a_frame():
    async with serving() as server:
        peer = await opened(server.port)
        for byte in frame(TEXT, "grüß".encode(), fin=False) + frame(PING, b"p"):
            await peer.send(bytes([byte]))
            await asyncio.sleep(0)
        equal(await peer.frame(), (PONG, b"p"))
        for byte in frame(CONTINUATION, " dich".encode()):
            await peer.send(bytes([byte]))
            await asyncio.sleep(0)
        equal(await peer.frame(), (TEXT, "grüß dich".encode()))
        peer.close()


async def what_breaks_the_protocol_is_closed_with_its_code():
    broken = [
        (1002, frame(TEXT, b"x", masked=False)),
        (1002, frame(TEXT, b"x", rsv=1)),
        (1002, frame(TEXT, b"x", rsv=2)),
        (1002, frame(TEXT, b"x", rsv=4)),
        (1002, frame(PING, b"x", rsv=4)),
        *((1002, frame(opcode, b"x")) for opcode in (3, 7, 11, 15)),
        (1002, frame(CONTINUATION, b"x")),
        (1002, frame(TEXT, b"x", fin=False) * 2),
        (1002, frame(PING, b"x", fin=False)),
        (1002, frame(CLOSE, b"\x03")),
        (1007, frame(TEXT, b"\xff\xff")),
    ]
    async with serving() as server:
        # In the middle of a burst: what came before counts, what comes after does not.
        for code, data in broken:
            peer = await opened(server.port)
            await peer.send(frame(TEXT, b"before") + data + frame(TEXT, b"after") * 100)
            equal(await peer.frame(), (TEXT, b"before"))
            equal((await peer.frame(), data)[0][1][:2], struct.pack("!H", code))
            equal(await peer.end(), ("end", b""))
        closed = await server.closed(count=len(broken))
        equal({entry["cause"] for entry in closed}, {"protocol"})


async def an_announced_giant_is_refused_at_its_header():
    async with serving() as server:
        before = server.memory()
        for length in (MIB + 1, 2**40, 2**62):
            peer = await opened(server.port)
            await peer.send(frame(BINARY, length=length))
            equal(await peer.close_code(), 1009)
            await peer.end()
        # One that may be so large gets no memory before it comes.
        peers = [await opened(server.port) for _ in range(100)]
        for peer in peers:
            await peer.send(frame(BINARY, b"x", length=MIB))
        await server.neighbour.rounds(5)
        grown = server.memory() - before
        assert grown < 16 * MIB, f"{grown >> 20} MiB for messages that never came"
        for peer in peers:
            peer.reset()
        await server.closed(count=len(peers))


async def endless_fragments_are_cut_off():
    async with serving(websocket={"maxFragments": 1000}) as server:
        peer = await opened(server.port)
        data = frame(BINARY, fin=False) + frame(CONTINUATION, fin=False) * 2000
        await peer.try_send(data)
        equal(await peer.close_code(), 1008)
        await peer.end()
        peer = await opened(server.port)
        piece = frame(CONTINUATION, b"x" * 65536, fin=False)
        await peer.send(frame(BINARY, fin=False))
        for _ in range(17):
            if not await peer.try_send(piece):
                break
        equal(await peer.close_code(), 1009)
        await peer.end()


async def a_ping_flood_is_answered_or_outlived():
    async with serving() as server:
        before = server.memory()
        flood = frame(PING, b"p" * 125) * 5000
        reader, deaf = await opened(server.port), await opened(server.port)

        async def send(peer):
            for _ in range(20):
                await peer.send(flood)
            await peer.send(frame(PING, b"last"))

        async def read(peer):
            while (await peer.frame())[1] != b"last":
                pass

        await asyncio.gather(send(reader), send(deaf), read(reader))
        await server.neighbour.rounds(5)
        grown = server.memory("VmHWM") - before
        assert grown < 16 * MIB, f"{grown >> 20} MiB for pongs that nobody reads"
        # Not all are answered, but the last one is.
        await read(deaf)
        for peer in (reader, deaf):
            peer.close()


async def pongs_of_a_script_that_nobody_reads_are_bounded():
    async with serving() as server:
        before = server.memory()
        peer = await opened(server.port, "/pongs", receive_buffer=4096)
        flood = frame(TEXT, b"100") * 1000
        while await peer.try_send(flood):
            await asyncio.sleep(0)
        (closed,) = await server.closed("/pongs")
        equal(closed["cause"], "limit")
        grown = server.memory("VmHWM") - before
        assert grown < 24 * MIB, f"{grown >> 20} MiB for pongs that nobody reads"


async def a_flood_of_the_smallest_messages_does_not_starve_others():
    async with serving() as server:
        peers = [await opened(server.port) for _ in range(2)]
        async with flooded(peers, frame(BINARY) * 20000):
            await server.neighbour.rounds(20)


async def bombs_are_not_inflated():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    ratio = packer.compress(bytes(64 * MIB)) + packer.flush(zlib.Z_SYNC_FLUSH)
    # Not so good a bomb: within the ratio, beyond the size.
    packer = zlib.compressobj(0, zlib.DEFLATED, -15)
    large = packer.compress(bytes(2 * MIB)) + packer.flush(zlib.Z_SYNC_FLUSH)
    async with serving(websocket={"perMessageDeflate": True}) as server:
        before = server.memory()
        for bomb in (ratio, large, b"\xff" * 1000):
            code = 1007 if bomb[:1] == b"\xff" else 1009
            peer = await opened(server.port, Sec_WebSocket_Extensions="permessage-deflate")
            payload = bomb.removesuffix(b"\x00\x00\xff\xff")
            await peer.try_send(frame(BINARY, payload, rsv=4))
            equal(await peer.close_code(), code)
            await peer.end()
        # Piece by piece, many at a time.
        peers = []
        for _ in range(50):
            peer = await opened(server.port, Sec_WebSocket_Extensions="permessage-deflate")
            await peer.send(frame(BINARY, ratio[:900], fin=False, rsv=4))
            peers.append(peer)
        await server.neighbour.rounds(5)
        for peer in peers:
            peer.reset()
        grown = server.memory("VmHWM") - before
        assert grown < 64 * MIB, f"{grown >> 20} MiB for bombs"


async def a_close_that_is_never_answered_ends_in_a_reset():
    async with serving(websocket={"closeTimeout": 200}) as server:
        peer = await opened(server.port, "/close")
        await peer.send(frame(TEXT, b"go"))
        equal(await peer.frame(), (TEXT, b"go"))
        equal(await peer.frame(), (CLOSE, struct.pack("!H", 4000) + b"enough"))
        # Talking on is no answer.
        while await peer.try_send(frame(TEXT, b"more") + frame(PING)):
            await asyncio.sleep(0.02)
        (closed,) = await server.closed("/close")
        equal((closed["code"], closed["cause"]), (1006, "timeout"))


async def a_reset_in_the_middle_of_a_message_is_1006():
    async with serving() as server:
        for data in (frame(TEXT, b"half", length=100), frame(TEXT, b"x", fin=False), b"\x81"):
            peer = await opened(server.port)
            await peer.send(data)
            await server.neighbour.rounds(2)
            peer.reset()
        closed = await server.closed(count=3)
        equal({(entry["code"], entry["cause"]) for entry in closed}, {(1006, "reset")})


async def a_half_closed_websocket_gets_its_answers_and_ends():
    async with serving() as server:
        peer = await opened(server.port)
        await peer.send(frame(TEXT, b"a" * 100000) * 5)
        peer.half_close()
        for _ in range(5):
            equal(len((await peer.frame())[1]), 100000)
        equal(await peer.end(), ("end", b""))
        (closed,) = await server.closed()
        equal((closed["code"], closed["cause"]), (1006, "reset"))


async def garbage_after_close_is_ignored():
    async with serving() as server:
        before = server.descriptors()
        peer = await opened(server.port)
        await peer.send(frame(CLOSE, struct.pack("!H", 1000) + b"bye") + b"\xff" * 1000)
        equal((await peer.frame())[1][:2], struct.pack("!H", 1000))
        for _ in range(20):
            if not await peer.try_send(b"\x81\x85garbage" * 10000):
                break
        peer.close()
        (closed,) = await server.closed()
        equal((closed["code"], closed["reason"], closed["cause"]), (1000, "bye", "peer"))
        while server.descriptors() > before:
            await asyncio.sleep(0.02)


async def one_who_never_ends_is_reset():
    async with serving() as server:
        before = server.descriptors()
        peer = await opened(server.port)
        await peer.send(frame(CLOSE))
        equal(await peer.end(), ("end", b"\x88\x00"))
        while server.descriptors() > before:
            await asyncio.sleep(0.05)


async def the_script_hears_of_a_websocket_before_its_first_message():
    async with serving() as server:
        peer = await connect(server.port)
        await peer.send(handshake("/welcome") + frame(TEXT, b"first") + frame(CLOSE))
        await peer.head()
        equal(await peer.frame(), (TEXT, b"welcome"))
        equal(await peer.frame(), (TEXT, b"first"))
        equal(await peer.frame(), (CLOSE, b""))
        # Nor is there anything wrong with it when it is over at once.
        peer = await connect(server.port)
        await peer.send(handshake("/welcome") + frame(CLOSE))
        await peer.head()
        equal(await peer.frame(), (TEXT, b"welcome"))
        equal(len(await server.closed("/welcome", 2)), 2)


async def a_silent_peer_is_found_dead():
    timers = {"pingInterval": 50, "pongTimeout": 100}
    async with serving(websocket=timers) as server:
        peer = await opened(server.port)
        equal(await peer.frame(), (PING, b""))
        equal((await peer.end())[0], "reset")
        (closed,) = await server.closed()
        equal((closed["code"], closed["cause"]), (1006, "timeout"))


run(
    a_frame_byte_by_byte_is_a_frame,
    what_breaks_the_protocol_is_closed_with_its_code,
    an_announced_giant_is_refused_at_its_header,
    endless_fragments_are_cut_off,
    a_ping_flood_is_answered_or_outlived,
    pongs_of_a_script_that_nobody_reads_are_bounded,
    a_flood_of_the_smallest_messages_does_not_starve_others,
    bombs_are_not_inflated,
    a_close_that_is_never_answered_ends_in_a_reset,
    a_reset_in_the_middle_of_a_message_is_1006,
    a_half_closed_websocket_gets_its_answers_and_ends,
    garbage_after_close_is_ignored,
    one_who_never_ends_is_reset,
    the_script_hears_of_a_websocket_before_its_first_message,
    a_silent_peer_is_found_dead,
)
