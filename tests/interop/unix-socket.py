"""A server on a Unix socket: HTTP and WebSocket over it, and what becomes of its file."""

import asyncio
import contextlib
import json
import pathlib
import signal
import socket
import tempfile

from hostile import Peer
from peer import equal, krandog, run
from wire import CLOSE, TEXT, frame, handshake


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="krandog-test-") as name:
        yield pathlib.Path(name)


@contextlib.asynccontextmanager
async def listening(path, form="path"):
    async with krandog("interop/unix-socket.js", str(path), form) as process:
        equal(json.loads(await process.line()), str(path))
        yield process


async def connect(path):
    sock = socket.socket(socket.AF_UNIX)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, str(path))
    return Peer(sock)


async def ask(path, target):
    peer = await connect(path)
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    await peer.send(request.encode())
    equal(await peer.status(), 200)
    return json.loads((await peer.end())[1])


async def both_forms_of_listen_serve_http():
    for form in ["path", "options"]:
        with folder() as place:
            async with listening(place / "socket", form):
                for target in ["/a", "/b"]:
                    equal(await ask(place / "socket", target), {"path": target, "remote": None})


async def websockets_open_over_it():
    with folder() as place:
        async with listening(place / "socket") as process:
            peer = await connect(place / "socket")
            await peer.send(handshake("/chat"))
            equal(await peer.status(), 101)
            await peer.send(frame(TEXT, b"hello"))
            opcode, payload = await peer.frame()
            equal((opcode, json.loads(payload)), (TEXT, ["hello", None, "ws://localhost/chat"]))
            # The polite end of a process is the same as over TCP.
            process.signal(signal.SIGTERM)
            equal(await peer.close_code(), 1001)
            await peer.send(frame(CLOSE, b"\x03\xe9"))
            equal(await process.wait(), 128 + signal.SIGTERM)
            equal((place / "socket").exists(), False)


async def another_site_may_not_open_one():
    with folder() as place:
        async with listening(place / "socket"):
            for origin, status in [("http://localhost", 101), ("http://evil.example", 403)]:
                peer = await connect(place / "socket")
                await peer.send(handshake("/", Origin=origin))
                equal(await peer.status(), status)
                peer.close()


async def close_removes_its_file():
    with folder() as place:
        async with listening(place / "socket") as process:
            await ask(place / "socket", "/close")
            equal(await process.line(), "closed null")
            equal(await process.wait(), 0)
            equal(list(place.iterdir()), [])


async def a_file_that_nobody_listens_on_is_replaced():
    with folder() as place:
        async with listening(place / "socket") as process:
            process.signal(signal.SIGKILL)
            await process.wait()
        assert (place / "socket").exists()
        async with listening(place / "socket"):
            equal((await ask(place / "socket", "/"))["path"], "/")


async def one_that_somebody_listens_on_is_an_error():
    with folder() as place:
        path = place / "socket"
        async with listening(path):
            async with krandog("interop/unix-socket.js", str(path)) as second:
                error = json.loads(await second.line())
                equal(error, {"code": "EADDRINUSE", "syscall": "listen", "path": str(path)})
                equal(await second.wait(), 0)
            equal((await ask(path, "/"))["path"], "/")


async def a_file_that_is_no_socket_is_left_alone():
    with folder() as place:
        path = place / "notes.txt"
        path.write_text("mine")
        async with krandog("interop/unix-socket.js", str(path)) as process:
            equal(json.loads(await process.line())["code"], "EADDRINUSE")
        equal(path.read_text(), "mine")


async def a_folder_that_is_not_there_is_an_error():
    with folder() as place:
        async with krandog("interop/unix-socket.js", str(place / "no" / "socket")) as process:
            equal(json.loads(await process.line())["code"], "ENOENT")


run(
    both_forms_of_listen_serve_http,
    websockets_open_over_it,
    another_site_may_not_open_one,
    close_removes_its_file,
    a_file_that_nobody_listens_on_is_replaced,
    one_that_somebody_listens_on_is_an_error,
    a_file_that_is_no_socket_is_left_alone,
    a_folder_that_is_not_there_is_an_error,
)
