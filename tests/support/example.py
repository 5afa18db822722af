"""The examples as children: each prints the URL that it listens on."""

import contextlib
import re

from peer import krandog
from websockets.asyncio.client import connect as websocket


@contextlib.asynccontextmanager
async def example(name, **environment):
    """Runs a server of `examples/` on a free port, and yields that port."""
    async with krandog(f"../examples/{name}.js", PORT="0", **environment) as process:
        line = await process.line()
        address = re.search(r"\b(?:http|ws)://localhost:(\d+)/", line)
        assert address, f"there is no URL in {line!r}"
        yield int(address[1])
        if process.errors:
            raise AssertionError(f"it complained:\n{process.errors}")


def connect(port, path="/"):
    # What nobody reads must not hold up the closing handshake.
    return websocket(f"ws://localhost:{port}{path}", max_queue=None)
