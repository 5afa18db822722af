"""redis-server for tests: on a free port, for as long as a block."""

import asyncio
import contextlib
import pathlib
import shutil
import sys
import tempfile

from peer import eventually, free_port

if not shutil.which("redis-server"):
    print("there is no redis-server")
    sys.exit(77)


class Redis:
    """One server, which can be killed and started again on the same port."""

    def __init__(self, *options):
        self.port = free_port()
        self.options = options
        self.child = None
        self.place = tempfile.TemporaryDirectory(prefix="krandog-redis-")
        self.socket = pathlib.Path(self.place.name) / "redis.sock"

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    async def start(self):
        self.child = await asyncio.create_subprocess_exec(
            "redis-server",
            *["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            *["--unixsocket", str(self.socket), "--dir", self.place.name],
            *self.options,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        while True:
            with contextlib.suppress(OSError):
                if (await self.ask("PING"))[:1] in (b"+", b"-"):
                    return
            await asyncio.sleep(0.02)

    async def kill(self):
        self.child.kill()
        await self.child.wait()

    async def ask(self, *words):
        """One command over a connection of its own, and what comes first."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for command in words if isinstance(words[0], list) else [list(words)]:
            text = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in command)
            writer.write(f"*{len(command)}\r\n{text}".encode())
        reply = await asyncio.wait_for(reader.read(65536), 5)
        writer.close()
        return reply


@contextlib.asynccontextmanager
async def redis(*options):
    server = Redis(*options)
    await server.start()
    try:
        yield server
    finally:
        if server.child.returncode is None:
            await server.kill()
        server.place.cleanup()


@contextlib.asynccontextmanager
async def cluster():
    """Three servers, each with a third of the slots."""
    async with contextlib.AsyncExitStack() as stack:
        servers, ports = [], [free_port() for _ in range(3)]
        for port in ports:
            options = ["--cluster-enabled", "yes", "--cluster-port", str(port)]
            # Each decides for itself when another one is gone.
            options += ["--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no"]
            servers.append(await stack.enter_async_context(redis(*options)))
        for at, server in enumerate(servers):
            first, last = at * 5461, 16383 if at == 2 else at * 5461 + 5460
            await server.ask("CLUSTER", "ADDSLOTSRANGE", str(first), str(last))
            other = [str(servers[0].port), str(ports[0])]
            await server.ask("CLUSTER", "MEET", "127.0.0.1", *other)
        for server in servers:

            async def joined(server=server):
                info = await server.ask("CLUSTER", "INFO")
                return b"cluster_state:ok" in info and b"cluster_known_nodes:3" in info

            await eventually(joined, 20)
        yield servers
