"""krandog's messages in parts, read by Python's websockets, and those of Python by krandog."""

import asyncio

from peer import equal, krandog, run
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


async def passes():
    async with krandog("interop/frames.js") as process:
        port = int(await process.line())
        for compression in (None, "deflate"):
            await from_krandog(port, compression)
    await to_python()


async def from_krandog(port, compression):
    def client():
        url = f"ws://127.0.0.1:{port}/"
        return connect(url, max_size=None, compression=compression)

    async with client() as websocket:
        await websocket.send("stream 5")
        parts = [part async for part in websocket.recv_streaming()]
        equal("".join(parts), "".join(f"{part} grüße 🦝 " for part in range(5)))
        assert len(parts) >= 5, parts
        equal(await websocket.recv(), "next")
        # Compressed messages before and after it.
        for text in ("hello hello hello", "hello hello hello again"):
            await websocket.send(text)
            equal(await websocket.recv(), text)
        await websocket.send("large 20")
        equal(await websocket.recv(), b"\x07" * (20 << 20))
        await websocket.send("frames")
        equal(await websocket.recv(), b"\x01\x02")
        try:
            await websocket.recv()
            raise AssertionError("it goes on")
        except ConnectionClosed as closed:
            equal((closed.rcvd.code, closed.rcvd.reason), (4001, "bye"))
    async with client() as websocket:
        await websocket.send("abort")
        try:
            await websocket.recv()
            raise AssertionError("half a message came")
        except ConnectionClosed as closed:
            equal(closed.rcvd, None)


async def to_python():
    """An outgoing socket sends in parts, and masks them."""
    heard = asyncio.get_running_loop().create_future()

    async def answer(websocket):
        parts = [part async for part in websocket.recv_streaming()]
        heard.set_result((parts, await websocket.recv()))
        await websocket.send("thanks")
        await websocket.wait_closed()

    async with serve(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        code = f"""
            const ws = new WebSocket('ws://127.0.0.1:{port}');
            await new Promise((resolve) => (ws.onopen = resolve));
            const writer = ws.stream({{ type: 'text' }});
            for (const part of ['a', 'grü', 'ße']) await writer.write(part);
            ws.send('after');
            await writer.close();
            await new Promise((resolve) => (ws.onmessage = resolve));
            ws.close();
        """
        async with krandog("-e", code) as process:
            parts, after = await asyncio.wait_for(heard, 10)
            equal((parts, after), (["a", "grü", "ße", ""], "after"))
            equal(await process.wait(), 0)


run(passes)
