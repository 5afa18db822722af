"""docs/scaling.md: nodes on a bus, behind nginx as the page configures it."""

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

if not shutil.which("nginx"):
    print("there is no nginx")
    sys.exit(77)


@contextlib.asynccontextmanager
async def nginx(ports):
    """nginx with the page's configuration, but for ports; gives the one it listens on."""
    port = free_port()
    (site,) = re.findall(r"^```nginx\n(.*?)^```$", PAGE, re.M | re.S)
    equal(len(ports), NODES)
    changes = [(f"127.0.0.1:{3001 + at} ", f"127.0.0.1:{ports[at]} ") for at in range(NODES)]
    for before, after in [*changes, ("listen 80;", f"listen 127.0.0.1:{port};")]:
        equal((before, site.count(before)), (before, 1))
        site = site.replace(before, after)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        (root / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\n"
            f"events {{}}\nhttp {{ access_log off;\n{places}{site} }}\n"
        )
        command = ["nginx", "-e", root / "errors", "-p", folder, "-c", root / "nginx.conf"]
        child = await asyncio.create_subprocess_exec(*command)

        async def listens():
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return True

        try:
            await eventually(listens)
            yield port
        finally:
            child.terminate()
            await asyncio.wait_for(child.wait(), 10)


def clients(count, port):
    # Without a port, as browsers say it where the page's nginx listens.
    return members(count, port, "http://127.0.0.1")


async def each_node_serves_and_they_hear_each_other():
    async with nats() as server, nodes(NODES, server.url) as running:
        async with nginx([node.port for node in running]) as port, clients(NODES, port) as all_members:
            # As many nodes as clients have subscribed: each has got one of them.
            await server.subscribed("krandog.room.chat", NODES)
            one, *others = all_members
            await one.do("say", "chat", "hello")
            for other in others:
                equal(await other.hear(), "hello")


async def the_other_nodes_serve_for_one_that_has_ended():
    async with nats() as server, nodes(NODES, server.url) as running:
        async with nginx([node.port for node in running]) as port:
            running[0].process.signal(signal.SIGTERM)
            await running[0].process.wait()
            async with clients(4, port) as all_members:
                await server.subscribed("krandog.room.chat", NODES - 1)
                one, *others = all_members
                await one.do("say", "chat", "hello")
                for other in others:
                    equal(await other.hear(), "hello")


async def a_node_that_refuses_is_passed_over():
    refused = 0

    async def refuse(reader, writer):
        nonlocal refused
        await reader.readuntil(b"\r\n\r\n")
        refused += 1
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    closing = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with closing, nats() as server, nodes(NODES - 1, server.url) as running:
        ports = [closing.sockets[0].getsockname()[1], *(node.port for node in running)]
        async with nginx(ports) as port, clients(4, port):
            await server.subscribed("krandog.room.chat", NODES - 1)
        assert refused > 0, "nobody was refused"


run(
    each_node_serves_and_they_hear_each_other,
    the_other_nodes_serve_for_one_that_has_ended,
    a_node_that_refuses_is_passed_over,
)
