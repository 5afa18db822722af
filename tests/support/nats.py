"""nats-server for tests: on a free port, for as long as a block."""

import asyncio
import contextlib
import json
import pathlib
import shutil
import sys
import tempfile
import urllib.request

from peer import eventually, free_port

if not shutil.which("nats-server"):
    print("there is no nats-server")
    sys.exit(77)


class Nats:
    """One server, which can be killed and started again on the same port."""

    def __init__(self, configuration):
        self.port, self.monitor = free_port(), free_port()
        self.configuration = configuration
        self.child = None
        self.place = tempfile.TemporaryDirectory(prefix="krandog-nats-")

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    async def start(self):
        file = pathlib.Path(self.place.name) / "nats.conf"
        file.write_text(self.configuration)
        self.child = await asyncio.create_subprocess_exec(
            "nats-server",
            *["--addr", "127.0.0.1", "--port", str(self.port), "--http_port", str(self.monitor)],
            *["--config", str(file)],
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        said = ""
        while "Server is ready" not in said:
            line = await asyncio.wait_for(self.child.stderr.readline(), 10)
            assert line, f"nats-server ended:\n{said}"
            said += line.decode()
        self.reading = asyncio.create_task(self.child.stderr.read())

    async def kill(self):
        self.child.kill()
        await self.child.wait()
        await self.reading

    async def ask(self, target):
        """What it says of itself to who watches over it."""

        def fetch():
            with urllib.request.urlopen(f"http://127.0.0.1:{self.monitor}{target}") as reply:
                return json.load(reply)

        return await asyncio.to_thread(fetch)

    async def subscriptions(self):
        """What its clients have subscribed to, in order."""
        shown = await self.ask("/connz?subs=1")
        lists = [client.get("subscriptions_list") or [] for client in shown["connections"]]
        return sorted(subject for subjects in lists for subject in subjects)

    async def routes(self):
        """How many other servers of its cluster it is connected to."""
        return (await self.ask("/routez"))["num_routes"]

    async def subscribed(self, subject, count=1):
        """Waits until so many hear a subject."""

        async def look():
            return (await self.subscriptions()).count(subject) == count

        await eventually(look)


@contextlib.asynccontextmanager
async def nats(configuration=""):
    server = Nats(configuration)
    await server.start()
    try:
        yield server
    finally:
        if server.child.returncode is None:
            await server.kill()
        server.place.cleanup()


def text(value):
    """A string in its configuration."""
    return json.dumps(str(value))
