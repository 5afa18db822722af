"""A server that a signal ends: what is under way comes to its end, and the exit code is 0."""

import asyncio
import contextlib
import json
import signal
import struct

from hostile import connect, opened, request
from peer import equal, krandog, run
from wire import CLOSE, TEXT, frame, handshake


@contextlib.asynccontextmanager
async def serving(shutdown):
    async with krandog("interop/drain.js", json.dumps(shutdown)) as process:
        yield process, int(await process.line())


async def settle(websocket):
    """Waits until what others have sent before has been read."""
    # One that has just connected is accepted in one turn of the loop, and read from in the next.
    for _ in range(2):
        await websocket.send(frame(TEXT, b"here"))
        equal(await websocket.frame(), (TEXT, b"here"))


async def reply(peer):
    """The head of a reply, and its body."""
    head = (await peer.head()).lower()
    length = int(head.split("content-length: ")[1].split()[0])
    return head, await peer.take(length)


async def told(peer, code):
    """It is told to go, and answers."""
    opcode, payload = await peer.frame()
    equal((opcode, payload[:2]), (CLOSE, struct.pack("!H", code)))
    await peer.send(frame(CLOSE, payload[:2]))
    equal(await peer.end(), ("end", b""))


async def new_requests_are_refused_and_those_under_way_are_answered():
    async with serving({"drain": 20_000, "code": 1012}) as (process, port):
        slow, idle, upgrade, half = [await connect(port) for _ in range(4)]
        websocket = await opened(port)
        for peer in (idle, upgrade):
            await peer.send(request("/"))
            equal((await reply(peer))[0].split()[1], "200")
        await slow.send(request("/slow"))
        await half.send(request("/go")[:-2])
        await settle(websocket)
        process.signal(signal.SIGTERM)
        await told(websocket, 1012)
        await idle.send(request("/"))
        head, body = await reply(idle)
        equal((head.split()[1], body), ("503", b"the server is closing\n"))
        assert "\r\nretry-after: 5\r\n" in head and "\r\nconnection: close\r\n" in head, head
        await upgrade.send(handshake("/"))
        head, _ = await reply(upgrade)
        equal(head.split()[1], "503")
        assert "\r\nretry-after: 5\r\n" in head, head
        for peer in (idle, upgrade):
            equal(await peer.end(), ("end", b""))

        # It had begun.
        await half.send(b"\r\n")
        for peer in (half, slow):
            head, _ = await reply(peer)
            equal(head.split()[1], "200")
            assert "\r\nconnection: close\r\n" in head, head
        for peer in (idle, upgrade, half, slow):
            peer.close()
        equal(await process.line(), "closed")
        equal(await process.line(), "exit 0 2")
        equal((await process.wait(), process.errors), (0, ""))


async def an_idle_connection_does_not_hold_it_up():
    async with serving({"drain": 20_000}) as (process, port):
        idle = await connect(port)
        await idle.send(request("/"))
        await reply(idle)
        process.signal(signal.SIGINT)
        equal(await idle.end(), ("end", b""))
        idle.close()
        equal(await process.wait(5), 0)


async def the_server_closes_also_where_its_last_peer_just_goes():
    for leave in ("end", "reset"):
        async with serving({"drain": 20_000}) as (process, port):
            websocket = await opened(port)
            await settle(websocket)
            process.signal(signal.SIGTERM)
            equal((await websocket.frame())[0], CLOSE)
            if leave == "end":
                websocket.close()
            else:
                websocket.reset()
            equal(await process.line(), "closed")
            equal(await process.line(), "exit 0 2")
            equal(await process.wait(5), 0)


async def a_second_signal_does_not_wait():
    for second in (signal.SIGTERM, signal.SIGINT):
        async with serving({"drain": 600_000, "spread": 600_000}) as (process, port):
            peers = [await opened(port) for _ in range(3)]
            process.signal(signal.SIGTERM)
            # It has come when nothing listens any more.
            with contextlib.suppress(ConnectionRefusedError, ConnectionResetError):
                while True:
                    (await connect(port)).reset()
            process.signal(second)
            equal(await process.wait(5), 128 + second)
            for peer in peers:
                peer.close()


async def whoever_is_left_is_cut_off():
    async with serving({"drain": 50}) as (process, port):
        websocket, slow = await opened(port), await connect(port)
        await slow.send(request("/slow"))
        await settle(websocket)
        process.signal(signal.SIGTERM)
        equal(await process.wait(5), 0)
        assert "had not ended after 50 ms (option drain), and were cut off" in process.errors
        equal((await slow.end())[0], "reset")


async def what_waits_for_a_slow_peer_is_written_first():
    async with serving({"drain": 20_000}) as (process, port):
        slow = await opened(port, "/large", receive_buffer=4096)
        other = await opened(port)
        process.signal(signal.SIGTERM)
        await told(other, 1001)
        opcode, payload = await slow.frame()
        equal((opcode, len(payload)), (TEXT, 768 * 1024))
        await told(slow, 1001)
        equal(await process.wait(), 0)


async def no_message_that_was_answered_is_lost():
    """Under load: as many answers arrive as the server has sent."""
    async with serving({"drain": 20_000, "spread": 300}) as (process, port):
        answers = 0

        async def chat(number):
            nonlocal answers
            peer = await opened(port, f"/{number}")

            # So many are always under way.
            for count in range(16):
                await peer.send(frame(TEXT, f"{number} {count}".encode()))
            heard = 0
            while True:
                opcode, payload = await peer.frame()
                if opcode == CLOSE:
                    break
                equal(payload, f"{number} {heard}".encode())
                heard += 1
                answers += 1
                if answers == 500:
                    process.signal(signal.SIGTERM)
                await peer.send(frame(TEXT, f"{number} {heard + 15}".encode()))
            await peer.send(frame(CLOSE, payload[:2]))
            equal(await peer.end(), ("end", b""))

        await asyncio.gather(*(chat(number) for number in range(20)))
        equal(await process.line(), "closed")
        word, code, answered = (await process.line()).split()
        equal((word, code, int(answered)), ("exit", "0", answers))
        equal((await process.wait(), process.errors), (0, ""))


run(
    new_requests_are_refused_and_those_under_way_are_answered,
    an_idle_connection_does_not_hold_it_up,
    the_server_closes_also_where_its_last_peer_just_goes,
    a_second_signal_does_not_wait,
    whoever_is_left_is_cut_off,
    what_waits_for_a_slow_peer_is_written_first,
    no_message_that_was_answered_is_lost,
)
