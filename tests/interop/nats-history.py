"""The history of rooms in a stream of JetStream: a client comes back to another process."""

import asyncio
import contextlib
import json
import re
import tempfile

from nats import nats
from peer import TESTS, equal, krandog, run
from websockets.asyncio.client import connect

PAGE = (TESTS.parent / "docs/modules.md").read_text()
(PROGRAM,) = re.findall(
    r"^<!-- test: by tests/interop/nats-history.py -->\n```js\n(.*?)^```$", PAGE, re.M | re.S
)


@contextlib.asynccontextmanager
async def jetstream():
    with tempfile.TemporaryDirectory(prefix="krandog-jetstream-") as place:
        async with nats(f"jetstream {{ store_dir: '{place}' }}") as server:
            yield server


@contextlib.asynccontextmanager
async def nodes(count, url):
    program = PROGRAM.replace("nats://localhost", url)
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
    async with jetstream() as server, nodes(2, server.url) as (first, second):
        async with connect(f"ws://127.0.0.1:{first}") as writer:
            async with connect(f"ws://127.0.0.1:{first}") as reader:
                await reader.send("{}")
                # It has joined once it hears what it says itself.
                await reader.send('{"say": "one"}')
                heard = await hear(reader)
            equal((heard["data"], heard["room"]), ("one", "game"))
            for number in range(2, 20):
                await writer.send(json.dumps({"say": number}))
            position = {"epoch": heard["epoch"], "offset": heard["offset"]}
            missed = {}
            async with connect(f"ws://127.0.0.1:{second}") as reader:
                await reader.send(json.dumps({"since": position}))
                while len(missed) < 18:
                    message = await hear(reader)
                    missed[message["offset"]] = message["data"]
            equal([data for _, data in sorted(missed.items())], list(range(2, 20)))
            assert min(missed) > heard["offset"], missed


async def what_is_not_there_any_more_is_lost():
    async with jetstream() as server:
        code = """
            import { NatsHistory } from 'krandog:history/nats';
            import { Hub } from 'krandog:hub';
            import { connect } from 'krandog:nats';
            const nats = await connect(process.argv.at(-1));
            const [one, two] = [1, 2].map(() => new NatsHistory(new Hub(), nats, { messages: 3 }));
            const { epoch, offset: begun } = await one.position('a room');
            await one.publish('another', 'unrelated');
            const said = [];
            for (let n = 1; n < 6; n += 1) {
              said.push((await [one, two][n % 2].publish('a room', n)).offset);
            }
            const since = async (position) => {
              const { status, messages } = await two.since('a room', position);
              return [status, ...messages.map((text) => JSON.parse(text).data)];
            };
            const found = [
              said.every((offset, at) => at === 0 || offset > said[at - 1]),
              await since({ epoch, offset: said[1] }),
              await since({ epoch, offset: said[0] }),
              await since({ epoch, offset: begun }),
              await since({ epoch, offset: said[4] }),
              await since({ epoch, offset: said[4] + 1 }),
              await since({ epoch: '1', offset: said[4] }),
              await since('anything'),
              await since(),
            ];
            const fresh = await one.position('quiet');
            await two.publish('quiet', 'first');
            const quiet = await one.since('quiet', fresh);
            found.push([quiet.status, quiet.messages.length]);
            found.push(await one.clear('a room'), await since({ epoch, offset: said[4] }));
            await two.publish('a room', 'again');
            found.push(await since({ epoch, offset: said[4] }));
            console.log(JSON.stringify(found));
            await nats.drain();
        """
        async with krandog("-e", code, server.url) as process:
            found = json.loads(await process.line())
        lost = ["lost"]
        equal(
            found,
            [
                True,
                ["recovered", 3, 4, 5],
                *[lost, lost, ["recovered"], lost, lost, lost, ["fresh"]],
                ["recovered", 1],
                *[True, lost, lost],
            ],
        )


async def a_server_without_jetstream_is_named():
    async with nats() as server:
        code = """
            import { NatsHistory } from 'krandog:history/nats';
            import { Hub } from 'krandog:hub';
            import { connect } from 'krandog:nats';
            const nats = await connect(process.argv.at(-1));
            const history = new NatsHistory(new Hub(), nats);
            await history.publish('room', 1).catch(({ code, message }) => console.log(code, message));
            await nats.close();
        """
        async with krandog("-e", code, server.url) as process:
            said = await process.line()
        assert said.startswith("ERR_NATS_JETSTREAM the NATS server has no JetStream"), said


run(
    a_client_that_comes_back_to_another_node_misses_nothing,
    what_is_not_there_any_more_is_lost,
    a_server_without_jetstream_is_named,
)
