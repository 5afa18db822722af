"""Brokers that mean harm: what comes from them is not what the protocol says."""

import asyncio

from peer import equal, krandog, run

HELLO = b"%1\r\n$5\r\nproto\r\n:3\r\n"


async def told(*answers):
    """What a client tells that is answered like this, once for each time that it has written."""

    async def serve(reader, writer):
        for answer in answers:
            await reader.read(65_536)
            writer.write(answer)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with krandog("hostile/redis.js", str(port)) as process:
            lines = []
            while not lines or not lines[-1].startswith("reply"):
                lines.append(await process.line())
            equal(await process.wait(), 0)
            equal(process.errors, "")
            return lines


async def messages_without_texts_in_them_are_no_messages():
    strange = b">0\r\n>1\r\n:1\r\n>1\r\n+message\r\n>3\r\n+message\r\n:4\r\n_\r\n"
    strange += b">4\r\n+pmessage\r\n$1\r\na\r\n*0\r\n#t\r\n"
    true = b">3\r\n+message\r\n$4\r\nroom\r\n$4\r\ntext\r\n"
    lines = await told(HELLO, strange + true + b"$1\r\nb\r\n")
    equal(lines, ["push 1", "push 1", "push 1", "push 3", "push 4", "message room text", "reply b"])


async def subscriptions_that_nobody_asked_for_do_nothing():
    strange = b">3\r\n+subscribe\r\n_\r\n_\r\n>1\r\n+unsubscribe\r\n>2\r\n+psubscribe\r\n:1\r\n"
    equal(await told(HELLO, strange + b"$1\r\nb\r\n"), ["reply b"])


run(
    messages_without_texts_in_them_are_no_messages,
    subscriptions_that_nobody_asked_for_do_nothing,
)
