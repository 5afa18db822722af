"""`krandog:nats`, a client of NATS for scripts, with a real server; and the program of the page."""

import re

from nats import nats
from peer import TESTS, equal, krandog, run

PAGE = (TESTS.parent / "docs/nats.md").read_text()


async def it_does_what_the_page_says():
    async with nats() as server, krandog("interop/nats-client.js", server.url) as process:
        said = []
        while not said or said[-1] != "done":
            said.append(await process.line())
        equal(len(said), 7)


async def it_outlives_a_connection():
    async with nats() as server, krandog("interop/nats-client.js", server.url, "--stays") as process:
        while await process.line() != "ready":
            pass
        await server.kill()
        await server.start()
        equal([await process.line(), await process.line()], ["meanwhile", "done"])


async def programs_of_the_page_run():
    mark = "<!-- test: by tests/interop/nats-client.py -->\n"
    (program,) = re.findall(rf"^{re.escape(mark)}```js\n(.*?)^```$", PAGE, re.M | re.S)
    (printed,) = re.findall(rf"^{re.escape(mark)}```text\n(.*?)^```$", PAGE, re.M | re.S)
    async with nats() as server:
        program = program.replace("nats://localhost", server.url)
        async with krandog("-e", program) as process:
            equal([await process.line() for _ in printed.splitlines()], printed.splitlines())


run(it_does_what_the_page_says, it_outlives_a_connection, programs_of_the_page_run)
