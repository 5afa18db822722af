"""`krandog:redis` and the programs of docs/redis.md with redis-server, plain and over a Unix socket."""

import re
import tempfile

from peer import TESTS, equal, krandog, run
from redis import redis

PAGE = (TESTS.parent / "docs/redis.md").read_text()


async def commands_and_messages():
    async with redis() as server:
        for url in [server.url, f"redis+unix://{server.socket}"]:
            async with krandog("interop/redis-client.js", url) as process:
                equal(await process.line(20), "done")
                equal(await process.wait(), 0)
            await server.ask("FLUSHALL")


async def users_are_named():
    async with redis("--requirepass", "secret") as server:
        code = (
            "import { connect } from 'krandog:redis';"
            "const tried = await connect(process.argv.at(-1)).catch(({ code }) => code);"
            "console.log(tried.status ?? tried); tried.close?.()"
        )
        for credentials, said in [("", "NOAUTH"), (":wrong@", "WRONGPASS"), (":secret@", "ready")]:
            url = server.url.replace("//", f"//{credentials}")
            async with krandog("-e", code, url) as process:
                equal(await process.line(), said)
                equal(await process.wait(), 0)


async def programs_of_the_page():
    """Each prints what stands below it."""
    programs = re.findall(
        r"^<!-- test: by tests/interop/redis-client.py -->\n```js\n(.*?)^```$"
        r"(?:\n+<!-- test: by tests/interop/redis-client.py -->\n```text\n(.*?)^```$)?",
        PAGE,
        re.M | re.S,
    )
    assert programs
    async with redis() as server:
        for program, expected in programs:
            with tempfile.NamedTemporaryFile("w", suffix=".js") as file:
                file.write(program.replace("redis://localhost", server.url))
                file.flush()
                async with krandog(file.name) as process:
                    for line in expected.splitlines():
                        equal(await process.line(), line)
                    equal(await process.wait(), 0)


run(commands_and_messages, users_are_named, programs_of_the_page)
