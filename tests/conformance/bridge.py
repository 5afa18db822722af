"""TLS between the runner, which speaks none, and krandog: a port from which connections go on to
another one, with the TLS of Python on the side of krandog."""

import asyncio
import contextlib
import ssl
from pathlib import Path

CERTIFICATES = Path(__file__).resolve().parent.parent / "certificates"
# What trusts the certificate of the tests' servers, as krandog's client does in these runs.
TRUST = {"NODE_EXTRA_CA_CERTS": str(CERTIFICATES / "ca.pem")}


def server_tls():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
    return tls


def client_tls():
    return ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")


@contextlib.asynccontextmanager
async def bridge(port, listens=None, connects=None):
    """A port whose connections go on to `port`; each side may have its TLS."""

    under_way = set()

    async def accepted(reader, writer):
        under_way.add(asyncio.current_task())
        name = "localhost" if connects else None
        try:
            there = await asyncio.open_connection(
                "127.0.0.1", port, ssl=connects, server_hostname=name
            )
        except OSError:
            writer.transport.abort()
            return
        # Where the bridge is taken down, so is what is on it.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(carry(reader, there[1]), carry(there[0], writer))

    server = await asyncio.start_server(accepted, "127.0.0.1", 0, ssl=listens)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def carry(reader, writer):
    """Carries bytes over until there are no more, then ends the other connection."""
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
