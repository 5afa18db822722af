"""What the hostile-peer tests share: peers that do as they like, and a neighbour that must not feel it."""

import asyncio
import contextlib
import json
import os
import pathlib
import socket
import struct

from peer import equal, get_json, krandog
from wire import CLOSE, TEXT, frame, handshake

def request(target="/", *fields, method="GET", body=b""):
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Peer:
    """A TCP connection that reads only when told to."""

    def __init__(self, sock):
        self.sock = sock
        self.loop = asyncio.get_running_loop()
        self.buffer = bytearray()

    async def send(self, data):
        await asyncio.wait_for(self.loop.sock_sendall(self.sock, data), 20)

    async def try_send(self, data):
        """Sends what the other end may not want any more; false when it is gone."""
        try:
            await self.send(data)
        except (ConnectionResetError, BrokenPipeError):
            return False
        return True

    async def more(self):
        piece = await asyncio.wait_for(self.loop.sock_recv(self.sock, 1 << 16), 20)
        self.buffer += piece
        return piece

    async def take(self, count):
        while len(self.buffer) < count:
            if not await self.more():
                raise EOFError(f"the connection ended after {self.buffer[:80]!r}")
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    async def head(self):
        while b"\r\n\r\n" not in self.buffer:
            if not await self.more():
                raise EOFError(f"the connection ended after {self.buffer[:80]!r}")
        head = await self.take(self.buffer.index(b"\r\n\r\n") + 4)
        return head.decode("latin-1")

    async def status(self):
        return int((await self.head()).split()[1])

    async def frame(self):
        first, second = await self.take(2)
        assert not second & 0x80, "a server must not mask"
        length = second
        if length == 126:
            (length,) = struct.unpack("!H", await self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self.take(8))
        return first & 15, await self.take(length)

    async def close_code(self):
        """The code of the Close frame that comes, after whatever else comes."""
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                return struct.unpack("!H", payload[:2])[0] if payload else None

    async def end(self):
        """How the connection ends, and what came before."""
        try:
            while await self.more():
                pass
        except ConnectionResetError:
            return "reset", bytes(self.buffer)
        return "end", bytes(self.buffer)

    def half_close(self):
        self.sock.shutdown(socket.SHUT_WR)

    def close(self):
        self.sock.close()

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


async def connect(port, receive_buffer=None):
    sock = socket.socket()
    sock.setblocking(False)
    if receive_buffer:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port)), 20)
    return Peer(sock)


async def opened(port, target="/attacker", receive_buffer=None, **fields):
    peer = await connect(port, receive_buffer)
    await peer.send(handshake(target, **fields))
    head = await peer.head()
    assert head.startswith("HTTP/1.1 101 "), head
    return peer


@contextlib.asynccontextmanager
async def flooded(peers, data):
    """While the block runs, each peer sends this again and again, and reads what comes."""

    async def send(peer):
        while await peer.try_send(data):
            pass

    async def read(peer):
        while await peer.more():
            peer.buffer.clear()

    tasks = [asyncio.create_task(work(peer)) for work in (send, read) for peer in peers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for peer in peers:
            peer.reset()


class Neighbour:
    """A well-behaved WebSocket that sends and gets its echo, again and again."""

    def __init__(self, peer):
        self.peer = peer
        self.count = 0
        self.slowest = 0.0
        self.stopping = False
        self.task = asyncio.create_task(self.chat())

    async def chat(self):
        loop = asyncio.get_running_loop()
        while not self.stopping:
            message = f"message {self.count}".encode()
            start = loop.time()
            await self.peer.send(frame(TEXT, message))
            equal(await self.peer.frame(), (TEXT, message))
            self.count += 1
            self.slowest = max(self.slowest, loop.time() - start)
            await asyncio.sleep(0.001)
        await self.peer.send(frame(CLOSE, struct.pack("!H", 1000)))
        equal(await self.peer.frame(), (CLOSE, struct.pack("!H", 1000)))

    async def rounds(self, count=10):
        """Waits for so many more echoes."""
        goal = self.count + count
        while self.count < goal:
            if self.task.done():
                self.task.result()
            await asyncio.sleep(0.001)

    async def stop(self):
        self.stopping = True
        await asyncio.wait_for(self.task, 20)

    async def leave(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.peer.close()


class Server:
    def __init__(self, process, port, neighbour):
        self.process, self.port, self.neighbour = process, port, neighbour

    async def closed(self, pathname="/attacker", count=1):
        """How the script saw WebSockets of this path end."""
        while True:
            closed = await get_json(self.port, "/closed")
            mine = [entry for entry in closed if entry["pathname"] == pathname]
            if len(mine) >= count:
                return mine
            await asyncio.sleep(0.01)

    @property
    def proc(self):
        return pathlib.Path("/proc") / str(self.process.child.pid)

    def memory(self, name="VmRSS"):
        """Bytes in use; with `VmHWM`, the most there ever were."""
        for line in (self.proc / "status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise AssertionError(f"no {name}")

    def descriptors(self):
        return len(list((self.proc / "fd").iterdir()))

    def cpu(self):
        """Seconds of processor time so far."""
        fields = (self.proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.asynccontextmanager
async def serving(script="hostile/server.js", descriptors=None, **options):
    """A server under attack for as long as the block, with a neighbour that must not feel it."""
    async with krandog(script, json.dumps(options), descriptors=descriptors) as process:
        port = int(await process.line())
        server = Server(process, port, Neighbour(await opened(port, "/neighbour")))
        try:
            yield server
            await server.neighbour.rounds(3)
            await server.neighbour.stop()
        finally:
            await server.neighbour.leave()
        equal(process.child.returncode, None)
        assert "panicked" not in process.errors, process.errors


MIB = 1 << 20
