"""The history of rooms in streams of Redis: a client comes back to another process."""

import asyncio
import contextlib
import json
import re

from peer import TESTS, equal, krandog, run
from redis import redis
from websockets.asyncio.client import connect

PAGE = (TESTS.parent / "docs/modules.md").read_text()
(PROGRAM,) = re.findall(
    r"^<!-- test: by tests/interop/redis-history.py -->\n```js\n(.*?)^```$", PAGE, re.M | re.S
)


@contextlib.asynccontextmanager
async def nodes(count, url, options="{}"):
    program = PROGRAM.replace("redis://localhost", url)
    program = program.replace("redis);", f"redis, {options});")
    program = program.replace("listen(3000)", "listen(0, () => console.log(server.address().port))")
    async with contextlib.AsyncExitStack() as stack:
        ports = []
        for _ in range(count):
            process = await stack.enter_async_context(krandog("-e", program))
            ports.append(int(await process.line()))
        yield ports


async def hear(socket):
    return json.loads(await asyncio.wait_for(socket.recv(), 5))


async def a_client_that_comes_back_to_another_node_misses_nothing():
    async with redis() as server, nodes(2, server.url) as (first, second):
        async with connect(f"ws://127.0.0.1:{first}") as writer:
            async with connect(f"ws://127.0.0.1:{first}") as reader:
                await reader.send("{}")
                # It has joined once it hears what it says itself.
                await reader.send('{"say": "one"}')
                heard = await hear(reader)
            equal((heard["offset"], heard["data"], heard["room"]), (1, "one", "game"))
            for number in range(2, 20):
                await writer.send(json.dumps({"say": number}))
            position = {"epoch": heard["epoch"], "offset": 1}
            missed = {}
            async with connect(f"ws://127.0.0.1:{second}") as reader:
                await reader.send(json.dumps({"since": position}))
                while len(missed) < 18:
                    message = await hear(reader)
                    missed[message["offset"]] = message["data"]
            equal(sorted(missed.items()), [(n, n) for n in range(2, 20)])


async def what_is_not_there_any_more_is_lost():
    async with redis() as server:
        code = """
            import { RedisHistory } from 'krandog:history/redis';
            import { Hub } from 'krandog:hub';
            import { connect } from 'krandog:redis';
            const redis = await connect(process.argv.at(-1));
            const [one, two] = [1, 2].map(() => new RedisHistory(new Hub(), redis, { messages: 3 }));
            const said = [];
            const { epoch } = await one.position('room');
            for (let n = 1; n < 6; n += 1) said.push((await [one, two][n % 2].publish('room', n)).offset);
            const since = async (position) => {
              const { status, messages } = await two.since('room', position);
              return [status, ...messages.map((text) => JSON.parse(text).data)];
            };
            const found = [
              said,
              await since({ epoch, offset: 2 }),
              await since({ epoch, offset: 1 }),
              await since({ epoch, offset: 5 }),
              await since({ epoch, offset: 6 }),
              await since({ epoch: '1', offset: 5 }),
              await since('anything'),
              await since(),
            ];
            await one.clear('room');
            const after = await two.publish('room', 'again');
            found.push(after.offset, after.epoch > epoch, await since({ epoch, offset: 5 }));
            console.log(JSON.stringify(found));
            await redis.quit();
        """
        async with krandog("-e", code, server.url) as process:
            found = json.loads(await process.line())
        lost = ["lost"]
        equal(
            found,
            [
                [1, 2, 3, 4, 5],
                ["recovered", 3, 4, 5],
                *[lost, ["recovered"], lost, lost, lost, ["fresh"]],
                *[1, True, lost],
            ],
        )


run(
    a_client_that_comes_back_to_another_node_misses_nothing,
    what_is_not_there_any_more_is_lost,
)
