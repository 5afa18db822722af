"""Speaks with a server that echoes: load.py PORT CONNECTIONS MESSAGES."""

import asyncio
import sys

PORT, CONNECTIONS, MESSAGES = map(int, sys.argv[1:])


async def talk():
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    message = b"x" * 64
    for _ in range(MESSAGES // CONNECTIONS):
        writer.write(message)
        await reader.readexactly(len(message))
    writer.close()


async def main():
    await asyncio.gather(*(talk() for _ in range(CONNECTIONS)))


asyncio.run(main())
