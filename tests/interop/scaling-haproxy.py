"""docs/scaling.md: nodes on a bus, behind HAProxy as the page configures it."""

import asyncio
import contextlib
import pathlib
import re
import shutil
import signal
import sys
import tempfile

from nats import nats
from nodes import members, nodes
from peer import TESTS, equal, eventually, free_port, run

PAGE = (TESTS.parent / "docs/scaling.md").read_text()
NODES = 3

if not shutil.which("haproxy"):
    print("there is no haproxy")
    sys.exit(77)


@contextlib.asynccontextmanager
async def haproxy(ports):
    """HAProxy with the page's configuration, but for ports; gives the one it listens on."""
    port = free_port()
    (site,) = re.findall(r"^```haproxy\n(.*?)^```$", PAGE, re.M | re.S)
    changes = [(f"127.0.0.1:{3001 + at}\n", f"127.0.0.1:{ports[at]}\n") for at in range(NODES)]
    for before, after in [*changes, ("bind :80\n", f"bind 127.0.0.1:{port}\n")]:
        equal((before, site.count(before)), (before, 1))
        site = site.replace(before, after)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "haproxy.cfg"
        file.write_text(site)
        child = await asyncio.create_subprocess_exec("haproxy", "-db", "-q", "-f", file)

        async def serves():
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                reply = await reader.read()
                writer.close()
                return b" 200 " in reply

        try:
            await eventually(serves)
            yield port
        finally:
            child.terminate()
            await asyncio.wait_for(child.wait(), 10)


async def each_node_serves_and_they_hear_each_other():
    async with nats() as server, nodes(NODES, server.url) as running:
        async with haproxy([node.port for node in running]) as port:
            async with members(NODES, port, f"http://127.0.0.1:{port}") as clients:
                # As many nodes as clients have subscribed: each has got one of them.
                await server.subscribed("krandog.room.chat", NODES)
                one, *others = clients
                await one.do("say", "chat", "hello")
                for other in others:
                    equal(await other.hear(), "hello")


async def the_other_nodes_serve_for_one_that_has_ended():
    async with nats() as server, nodes(NODES, server.url) as running:
        async with haproxy([node.port for node in running]) as port:
            running[0].process.signal(signal.SIGTERM)
            await running[0].process.wait()
            async with members(4, port, f"http://127.0.0.1:{port}") as clients:
                await server.subscribed("krandog.room.chat", NODES - 1)
                one, *others = clients
                await one.do("say", "chat", "hello")
                for other in others:
                    equal(await other.hear(), "hello")


run(
    each_node_serves_and_they_hear_each_other,
    the_other_nodes_serve_for_one_that_has_ended,
)
