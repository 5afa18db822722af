"""Peers that find the weak spots of scripts: handlers that fail, sockets kept too long, broadcasts to
those who do not listen. A neighbour must not feel it."""

import asyncio
import json
import struct

from hostile import MIB, connect, opened, request, serving
from peer import equal, get, krandog, run
from wire import CLOSE, TEXT, frame, handshake


async def a_handler_that_fails_in_a_burst_closes_with_1011_once():
    async with serving() as server:
        for path in ("/throw", "/reject"):
            peer = await opened(server.port, path)
            await peer.send(frame(TEXT, b"go") * 1000)
            equal(await peer.close_code(), 1011)
            equal(await peer.try_send(frame(CLOSE, struct.pack("!H", 1011))), True)
            equal(await peer.end(), ("end", b""))
            (closed,) = await server.closed(path)
            equal((closed["code"], closed["cause"]), (1011, "local"))
        # One message has reached the handler that throws; whoever floods does not fill the log.
        equal(server.process.errors.count("of /throw, which is closed"), 1)


async def handlers_that_fail_deep_down_leave_nothing_behind():
    """Each could leave its share of the engine's stack; in the end, no call would be possible."""
    async with serving() as server:
        for _ in range(100):
            equal((await get(server.port, "/deep?depth=2000"))[0], 500)
            peer = await opened(server.port, "/deep")
            await peer.send(frame(TEXT, b"2000"))
            equal(await peer.close_code(), 1011)
            peer.close()
        equal((await get(server.port, "/closed"))[0], 200)
        assert "RuntimeLimitError" not in server.process.errors


async def recursion_without_end_costs_a_request_its_reply_and_nobody_else_anything():
    async with serving() as server:
        ways = ["at-once", "before", "after", "after-a-while", "callback", "thenable", "all"]
        for how in ways * 2:
            equal((await get(server.port, f"/recurse?how={how}"))[0], 500)
        equal((await get(server.port, "/recurse?how=caught"))[1], b"RangeError")
        # All at once, while others wait for what may still come.
        waiting = await opened(server.port)
        statuses = await asyncio.gather(
            *(get(server.port, f"/recurse?how={how}") for how in ways * 20)
        )
        equal({status for status, _ in statuses}, {500})
        await waiting.send(frame(TEXT, b"still here"))
        equal(await waiting.frame(), (TEXT, b"still here"))
        assert "too deep recursion" in server.process.errors
        assert "internal error" not in server.process.errors


async def a_promise_that_nobody_can_settle_does_not_hold_a_request_for_ever():
    """Requests make garbage, which is collected, and what waited for it is answered."""
    async with serving() as server:
        never = await connect(server.port)
        await never.send(request("/never"))
        answered = asyncio.ensure_future(never.status())
        body = b"x" * 1_000_000
        fields = [f"Content-Length: {len(body)}", "Connection: close"]
        while not answered.done():
            peer = await connect(server.port)
            await peer.send(request("/body", *fields, method="POST", body=body))
            equal(await peer.status(), 200)
            peer.close()
        equal(await answered, 500)


async def a_close_in_a_burst_ends_it():
    async with serving() as server:
        peer = await opened(server.port, "/close")
        await peer.send(frame(TEXT, b"go") * 1000)
        equal(await peer.frame(), (TEXT, b"go"))
        equal(await peer.frame(), (CLOSE, struct.pack("!H", 4000) + b"enough"))
        await peer.send(frame(CLOSE, struct.pack("!H", 4000)))
        equal(await peer.end(), ("end", b""))
        (closed,) = await server.closed("/close")
        equal((closed["code"], closed["cause"]), (4000, "local"))


async def terminating_in_a_burst_ends_it():
    async with serving() as server:
        for _ in range(20):
            peer = await opened(server.port, "/terminate")
            await peer.try_send(frame(TEXT, b"go") * 20000)
            try:
                equal(await peer.end(), ("reset", b""))
            except AssertionError:
                # The reset has been told to the one who sent.
                equal(await peer.end(), ("end", b""))
        closed = await server.closed("/terminate", 20)
        equal({(entry["code"], entry["cause"]) for entry in closed}, {(1006, "local")})


async def a_hundred_thousand_messages_from_one_handler_all_arrive():
    async with serving() as server:
        peer = await opened(server.port, "/many")
        await peer.send(frame(TEXT, b"100000"))
        equal(await peer.take(300000), b"\x81\x01m" * 100000)
        peer.close()


async def a_script_that_floods_itself_gets_it_all():
    async with krandog("hostile/itself.js") as process:
        equal(await process.line(20), "100000 in order")
        equal(await process.wait(), 0)


async def sockets_kept_after_their_end_do_no_harm():
    async with serving() as server:
        for ending in ("close", "reset", "half_close"):
            peer = await opened(server.port, "/keep")
            await peer.send(frame(TEXT, b"keep me"))
            await server.neighbour.rounds(2)
            getattr(peer, ending)()
        await server.closed("/keep", 3)
        # Their slots have new connections by now.
        strangers = [await opened(server.port) for _ in range(10)]
        peer = await opened(server.port, "/use")
        await peer.send(frame(TEXT, b"use them"))
        states = json.loads((await peer.frame())[1])
        equal(states, [[3, False, "/keep"]] * 3)
        for stranger in strangers:
            await stranger.send(frame(TEXT, b"untouched"))
            equal(await stranger.frame(), (TEXT, b"untouched"))


async def listeners_who_do_not_listen_are_dropped():
    async with serving() as server:
        good = await opened(server.port, "/listener")
        deaf = [await opened(server.port, "/listener", receive_buffer=4096) for _ in range(10)]
        before = server.memory()
        speaker = await opened(server.port, "/broadcast")
        size = 64 * 1024
        sent = 0

        async def listen():
            count = 0
            while True:
                opcode, payload = await good.frame()
                equal((opcode, len(payload)), (2, size))
                count += 1
                if count == sent and speaker is None:
                    return

        async def speak():
            nonlocal sent, speaker
            dropped = []
            while len(dropped) < len(deaf):
                await speaker.send(frame(TEXT, str(size).encode()))
                sent += 1
                equal(await speaker.frame(), (TEXT, b"done"))
                _, body = await get(server.port, "/closed")
                dropped = [entry for entry in json.loads(body) if entry["pathname"] == "/listener"]
            equal({(entry["code"], entry["cause"]) for entry in dropped}, {(1013, "limit")})
            speaker.close()
            speaker = None
            # The one who listened has missed nothing, and hears the next one too.
            other = await opened(server.port, "/broadcast")
            sent += 1
            await other.send(frame(TEXT, str(size).encode()))

        await asyncio.gather(listen(), speak())
        grown = server.memory("VmHWM") - before
        assert grown < 10 * 4 * MIB, f"{grown >> 20} MiB for ten who do not listen"
        # They are told why, if they ever read it, or see the reset.
        for peer in deaf:
            peer.close()


async def what_was_sent_before_exit_arrives():
    async with krandog("hostile/server.js") as process:
        peer = await opened(int(await process.line()), "/exit")
        await peer.send(frame(TEXT, b"go"))
        equal(await peer.frame(), (TEXT, b"bye"))
        equal(await process.wait(), 3)
        peer.close()


async def a_server_that_closes_ends_every_kind_of_connection():
    async with krandog("hostile/server.js") as process:
        port = int(await process.line())
        nothing, half, idle, websocket, asking = [await connect(port) for _ in range(5)]
        await half.send(handshake()[:40])
        await idle.send(request("/"))
        equal(await idle.status(), 200)
        await websocket.send(handshake())
        equal(await websocket.status(), 101)
        head = handshake()
        await asking.send(head[:-2])
        equal((await get(port, "/shutdown"))[0], 200)
        equal(await websocket.close_code(), 1001)
        await websocket.send(frame(CLOSE, struct.pack("!H", 1001)))
        equal(await nothing.end(), ("end", b""))
        equal((await idle.end())[0], "end")
        # What was begun is answered; a WebSocket is not opened any more.
        await asking.send(head[-2:])
        equal(await asking.status(), 503)
        await half.send(b"\r\n\r\n")
        equal(await half.status(), 400)
        for peer in (nothing, half, idle, websocket, asking):
            peer.close()
        equal(await process.wait(), 0)


run(
    a_handler_that_fails_in_a_burst_closes_with_1011_once,
    handlers_that_fail_deep_down_leave_nothing_behind,
    recursion_without_end_costs_a_request_its_reply_and_nobody_else_anything,
    a_promise_that_nobody_can_settle_does_not_hold_a_request_for_ever,
    a_close_in_a_burst_ends_it,
    terminating_in_a_burst_ends_it,
    a_hundred_thousand_messages_from_one_handler_all_arrive,
    a_script_that_floods_itself_gets_it_all,
    sockets_kept_after_their_end_do_no_harm,
    listeners_who_do_not_listen_are_dropped,
    what_was_sent_before_exit_arrives,
    a_server_that_closes_ends_every_kind_of_connection,
)
