"""Peers that abuse bodies: files that change while they are sent, readers that stop, uploads that do."""

import asyncio
import contextlib
import os
import pathlib
import tempfile

from hostile import MIB, connect, request
from peer import equal, eventually, get, krandog, run

SIZE = 32 * MIB


@contextlib.asynccontextmanager
async def serving():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "big.bin"
        path.write_bytes(bytes(SIZE))
        os.utime(path, (1e9, 1e9))
        async with krandog("hostile/bodies.js", folder) as server:
            yield int(await server.line()), path


async def stopped_reader(port, target="/big.bin"):
    peer = await connect(port, receive_buffer=4096)
    await peer.send(request(target))
    await peer.head()
    return peer


async def a_file_that_shrinks_while_it_is_sent_is_cut_off():
    async with serving() as (port, path):
        peer = await stopped_reader(port)
        os.truncate(path, MIB)
        how, data = await peer.end()
        assert len(data) < SIZE, len(data)
        # The next one gets what is there.
        status, body = await get(port, "/big.bin")
        equal((status, len(body)), (200, MIB))


async def a_file_that_grows_while_it_is_sent_is_as_long_as_was_said():
    async with serving() as (port, path):
        peer = await connect(port, receive_buffer=4096)
        await peer.send(request("/big.bin", "Connection: close"))
        head = await peer.head()
        assert f"Content-Length: {SIZE}" in head, head
        with path.open("ab") as file:
            file.write(b"x" * MIB)
        _, data = await peer.end()
        equal((len(data), b"x" in data), (SIZE, False))


async def readers_that_stop_are_given_up_and_cost_no_memory():
    async with serving() as (port, _):
        before = int((await get(port, "/memory"))[1])
        peers = [await stopped_reader(port) for _ in range(50)]
        peers += [await stopped_reader(port, "/endless") for _ in range(50)]
        grown = int((await get(port, "/memory"))[1]) - before
        assert grown < 64 * MIB, grown

        async def are_given_up():
            return (await get(port, "/given-up"))[1] == b"50"

        await eventually(are_given_up, 20)
        for peer in peers:
            peer.reset()


async def ten_thousand_ranges_are_one_file():
    async with serving() as (port, _):
        peer = await connect(port)
        ranges = ",".join(["0-0"] * 3500)
        await peer.send(request("/big.bin", f"Range: bytes={ranges}", method="HEAD"))
        equal(await peer.status(), 200)
        await peer.send(request("/big.bin", f"Range: bytes={ranges}", "Connection: close"))
        head = await peer.head()
        assert f"Content-Length: {SIZE}" in head, head
        peer.reset()
        peer = await connect(port)
        await peer.try_send(request("/big.bin", "Range: bytes=" + ",".join(["0-0"] * 10_000)))
        equal(await peer.status(), 431)


async def uploads_that_nobody_reads_wait_in_the_kernel():
    async with serving() as (port, _):
        before = int((await get(port, "/memory"))[1])
        peers = []
        for _ in range(20):
            peer = await connect(port)
            await peer.send(request("/never-reads", f"Content-Length: {SIZE}", method="POST"))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await peer.loop.sock_sendall(peer.sock, bytes(SIZE))
            peers.append(peer)
        grown = int((await get(port, "/memory"))[1]) - before
        assert grown < 64 * MIB, grown
        for peer in peers:
            peer.reset()


async def an_upload_of_a_byte_at_a_time_is_read():
    async with serving() as (port, _):
        peer = await connect(port)
        await peer.send(request("/count", "Transfer-Encoding: chunked", method="POST"))
        for byte in b"3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\n":
            await peer.send(bytes([byte]))
        equal(await peer.status(), 200)


async def a_body_that_is_too_large_ends_its_connection_and_says_so():
    async with serving() as (port, _):
        peer = await connect(port)
        await peer.send(request("/whole", f"Content-Length: {2 * MIB}", method="POST"))
        head = await peer.head()
        assert " 413 " in head and "Connection: close" in head, head


run(
    a_file_that_shrinks_while_it_is_sent_is_cut_off,
    a_file_that_grows_while_it_is_sent_is_as_long_as_was_said,
    readers_that_stop_are_given_up_and_cost_no_memory,
    ten_thousand_ranges_are_one_file,
    uploads_that_nobody_reads_wait_in_the_kernel,
    an_upload_of_a_byte_at_a_time_is_read,
    a_body_that_is_too_large_ends_its_connection_and_says_so,
)
