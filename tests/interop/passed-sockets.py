"""Sockets that whoever starts krandog passes to it, as systemd does, and a restart that nobody notices."""

import asyncio
import contextlib
import json
import os
import pathlib
import signal
import socket
import struct
import tempfile

from hostile import connect, opened, request
from peer import KRANDOG, TESTS, Process, equal, get, krandog, run
from wire import CLOSE, TEXT, frame


def listening(backlog=128):
    sock = socket.create_server(("127.0.0.1", 0), backlog=backlog)
    return sock, sock.getsockname()[1]


@contextlib.asynccontextmanager
async def started(listen, *sockets, names=None, announced=True, shutdown=None):
    """The server with these sockets as descriptors 3 and so on, for as long as the block."""
    numbers = [sock.fileno() for sock in sockets]
    # Through higher ones, so that none is overwritten before it has been passed.
    moves = [f"{50 + at}<&{number}" for at, number in enumerate(numbers)]
    moves += [f"{3 + at}<&{50 + at}" for at in range(len(numbers))]
    moves += [f"{50 + at}<&-" for at in range(len(numbers))]
    variables = f"LISTEN_PID=$$ LISTEN_FDS={len(numbers)}" if announced else ""
    if names:
        variables += f" LISTEN_FDNAMES={names}"
    child = await asyncio.create_subprocess_exec(
        *("bash", "-c", f'exec env {variables} "$0" "$@" {" ".join(moves)}'),
        *(KRANDOG, str(TESTS / "interop/drain.js"), json.dumps(shutdown), json.dumps(listen)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        pass_fds=numbers,
    )
    process = Process(child)
    try:
        yield process
    finally:
        await process.end()


async def a_socket_of_systemd_is_taken():
    sock, port = listening()
    async with started({"systemd": True}, sock) as process:
        equal(int(await process.line()), port)
        equal((await get(port))[0], 200)
    # Beside it, a port is for when there is none.
    async with started({"systemd": True, "port": 0}, sock) as process:
        equal(int(await process.line()), port)


async def it_is_found_by_its_name():
    (one, _), (two, port) = listening(), listening()
    async with started({"systemd": "api"}, one, two, names="web:api") as process:
        equal(int(await process.line()), port)
        equal((await get(port))[0], 200)
    async with started({"systemd": "ftp"}, one, two, names="web:api") as process:
        equal(await process.wait(), 1)
        assert "no socket with the name 'ftp' was passed to this process" in process.errors


async def any_socket_is_taken_by_its_number():
    sock, port = listening()
    async with started({"fd": 3}, sock, announced=False) as process:
        equal(int(await process.line()), port)
        equal((await get(port))[0], 200)


async def what_was_not_passed_is_not_taken():
    for listen, what in [
        ({"systemd": True}, "no socket was passed to this process (LISTEN_FDS)"),
        ({"fd": 40}, "cannot listen on fd 40: bad file descriptor"),
        # The reactor's own.
        ({"fd": 3}, "cannot listen on fd 3: it was not passed to this process, or is in use"),
        ({"fd": 1}, "option fd must be a whole number from 3 to"),
        ({"fd": 3, "port": 1}, "listen takes fd alone"),
        ({"path": "./x", "reusePort": True}, "listen takes reusePort for a port only"),
    ]:
        async with krandog("interop/drain.js", "null", json.dumps(listen)) as process:
            equal(await process.wait(), 1)
            assert what.lower() in process.errors.lower(), process.errors
    async with krandog("interop/drain.js", "null", '{"systemd":true,"port":0}') as process:
        assert int(await process.line()) > 0
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    idle = socket.socket()
    for sock in (udp, idle):
        async with started({"fd": 3}, sock, announced=False) as process:
            equal(await process.wait(), 1)
            assert "it is no stream socket that listens" in process.errors, process.errors


async def the_file_of_a_passed_unix_socket_stays():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "app.sock")
        sock = socket.socket(socket.AF_UNIX)
        sock.bind(str(path))
        sock.listen()
        async with started({"fd": 3}, sock, announced=False) as process:
            equal(await process.line(), "0")
            reader, writer = await asyncio.open_unix_connection(str(path))
            writer.write(request("/", "Connection: close"))
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
            writer.close()
            process.signal(signal.SIGTERM)
            equal(await process.wait(), 143)
        assert path.exists()


async def a_restart_under_load_refuses_nobody():
    sock, port = listening(backlog=1024)
    shutdown = {"drain": 20_000, "spread": 100, "code": 1012}
    stopping = False
    pids = set()

    async def ask():
        while not stopping:
            peer = await connect(port)
            await peer.send(request("/", "Connection: close"))
            how, reply = await peer.end()
            equal(how, "end")
            # It may have connected just before its server began to close.
            assert reply[:12] in (b"HTTP/1.1 200", b"HTTP/1.1 503"), reply
            if reply[9:12] == b"200":
                pids.add(int(reply.rpartition(b"\r\n\r\n")[2]))
            peer.close()

    async def chat():
        count = 0
        while not stopping:
            try:
                peer = await opened(port)
            except AssertionError as refused:
                assert str(refused).startswith("HTTP/1.1 503 "), refused
                continue
            while not stopping:
                await peer.send(frame(TEXT, str(count).encode()))
                opcode, payload = await peer.frame()
                if opcode == CLOSE:
                    equal(payload[:2], struct.pack("!H", 1012))
                    # As many answers as the server has counted.
                    await peer.send(frame(CLOSE, payload[:2]))
                    equal(await peer.end(), ("end", b""))
                    break
                equal(payload, str(count).encode())
                count += 1
            peer.close()

    async with contextlib.AsyncExitStack() as stack:
        def start():
            return stack.enter_async_context(started({"systemd": True}, sock, shutdown=shutdown))

        current = await start()
        equal(int(await current.line()), port)
        load = [asyncio.create_task(work()) for work in [ask] * 8 + [chat] * 8]
        for _ in range(3):
            successor = await start()
            equal(int(await successor.line()), port)
            current.signal(signal.SIGTERM)
            equal(await current.wait(), 0)
            equal(current.errors, "")
            current = successor
            while current.child.pid not in pids:
                await asyncio.sleep(0.01)
                for task in load:
                    if task.done():
                        task.result()
        stopping = True
        await asyncio.gather(*load)
        equal(len(pids), 4)


async def several_processes_share_a_port():
    async with krandog("interop/drain.js", "null", '{"port":0,"reusePort":true}') as one:
        port = int(await one.line())
        listen = json.dumps({"port": port, "reusePort": True})
        async with krandog("interop/drain.js", "null", listen) as two:
            equal(int(await two.line()), port)
            pids = set()
            while len(pids) < 2:
                pids.add(int((await get(port))[1]))
        listen = json.dumps({"port": port})
        async with krandog("interop/drain.js", "null", listen) as three:
            equal(await three.wait(), 1)
            assert "EADDRINUSE" in three.errors


run(
    a_socket_of_systemd_is_taken,
    it_is_found_by_its_name,
    any_socket_is_taken_by_its_number,
    what_was_not_passed_is_not_taken,
    the_file_of_a_passed_unix_socket_stays,
    a_restart_under_load_refuses_nobody,
    several_processes_share_a_port,
)
