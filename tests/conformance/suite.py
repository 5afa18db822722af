"""One run of Autobahn's cases against one role of krandog, and what came of it."""

import asyncio
import fnmatch
import os
import sys
import time
from pathlib import Path

from kosoku import FailureError, run_fuzzingclient, run_fuzzingserver
from kosoku.cases import CASES

from bridge import TRUST, bridge, client_tls, server_tls

HERE = Path(__file__).resolve().parent
PASSED = {"OK", "INFORMATIONAL"}
# The whole suite takes a few minutes; a run that takes this long hangs.
DEADLINE_SECONDS = 1800

# What stands for the rest where all cases would take too long: of each group, some that come in
# pieces, some that are wrong, and some that are large or compressed.
SAMPLE = (
    "1.1.1 1.1.6 1.1.8 1.2.5 1.2.8 2.4 2.5 2.10 2.11 3.3 3.7 4.1.2 4.2.4 5.4 5.8 5.15 5.19 5.20 "
    "6.2.4 6.4.4 6.12.5 7.1.3 7.1.6 7.3.6 7.5.1 7.7.13 7.9.7 9.1.2 9.2.2 9.3.4 9.4.4 9.5.4 9.6.4 "
    "9.7.1 9.8.1 10.1.1 12.1.5 12.2.9 12.4.13 13.1.5 13.3.9 13.7.3"
).split()

# Each broken echo, the cases to run, and those of them that it breaks.
BROKEN = [
    ("bytes", ["1.1.2", "1.2.1", "1.2.2"], {"1.2.2"}),
    ("type", ["1.1.2", "1.2.2"], {"1.1.2"}),
    # A good message, then a broken frame: who echoes too late is not wrong, only NON-STRICT.
    ("late", ["1.1.2", "3.2"], {"3.2"}),
]


def take_text_as_bytes():
    """Mends the runner, which gives an uncompressed message to the cases of groups 12 and 13 as
    text, one character a byte; these cases hash it, and fail on anything but bytes."""
    for case in {case for number, case in CASES.items() if number.split(".")[0] in ("12", "13")}:

        def on_message(self, message, binary, inner=case.onMessage):
            if isinstance(message, str):
                message = message.encode("latin-1")
            inner(self, message, binary)

        case.onMessage = on_message


take_text_as_bytes()


class Outcome:
    """The verdicts of a run, by case."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.seconds = 0
        self.verdicts = {}

    def add(self, results, seconds):
        self.seconds += seconds
        for result in results:
            verdict = (result.behavior.value, result.behavior_close.value, result.result)
            self.verdicts[result.case_id] = verdict

    @property
    def failing(self):
        """The cases that did not pass, and those that were not run."""
        passed = lambda number: set(self.verdicts.get(number, ["NOT RUN"])[:2]) <= PASSED
        return [number for number in self.wanted if not passed(number)]

    @property
    def good(self):
        return bool(self.wanted) and not self.failing

    def __str__(self):
        failing = self.failing
        informational = sum("INFORMATIONAL" in verdict for verdict in self.verdicts.values())
        count = len(self.wanted)
        lines = [
            f"{count - len(failing)} of {count} passed ({informational} informational, "
            f"failing: {', '.join(failing) or 'none'}) in {self.seconds:.0f} s"
        ]
        for number in failing[:20]:
            lines.append(f"  {number}: {' / '.join(self.verdicts.get(number, ['not run']))}")
        return "\n".join(lines)


def compression_of(role, number):
    """What krandog is told of compression in this case, if nobody says otherwise."""
    group = number.split(".")
    if group[0] not in ("12", "13"):
        return "off"
    # The server that these cases play asks the client to forget only if the client's offer says
    # that it would; any other client would leave them UNIMPLEMENTED.
    forgets = role == "client" and group[:2] in (["13", "2"], ["13", "5"], ["13", "6"])
    return "forgetful" if forgets else "full"


async def run(krandog, role, compression, breakage, patterns, tls=False):
    """Runs the cases that match, or all; over TLS if that is said."""
    matches = lambda number: any(fnmatch.fnmatch(number, pattern) for pattern in patterns)
    wanted = [number for number in CASES if not patterns or matches(number)]
    sessions = {}
    for number in wanted:
        sessions.setdefault(compression or compression_of(role, number), []).append(number)
    outcome = Outcome(wanted)
    drive = drive_server if role == "server" else drive_client
    for chosen, numbers in sessions.items():
        start = time.monotonic()
        command = [krandog, str(HERE / f"{role}.js"), chosen, breakage, "tls" if tls else "plain"]
        try:
            results = await asyncio.wait_for(drive(command, numbers, tls), DEADLINE_SECONDS)
        except FailureError as failure:
            results = failure.results
        except asyncio.TimeoutError:
            print(f"no end after {DEADLINE_SECONDS} s", file=sys.stderr)
            results = []
        outcome.add(results, time.monotonic() - start)
    return outcome


async def drive_server(command, patterns, tls):
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        port = int(await process.stdout.readline())
        if not tls:
            return await run_fuzzingclient(f"ws://127.0.0.1:{port}", patterns)
        async with bridge(port, connects=client_tls()) as bridged:
            return await run_fuzzingclient(f"ws://127.0.0.1:{bridged}", patterns)
    finally:
        await end(process)


async def drive_client(command, patterns, tls):
    async with run_fuzzingserver(patterns, port=0) as server:
        if not tls:
            return await visit(command, server, f"ws://{server.address}:{server.port}")
        async with bridge(server.port, listens=server_tls()) as bridged:
            return await visit(command, server, f"wss://localhost:{bridged}")


async def visit(command, server, url):
    """Has the client go through the cases of the server."""
    process = await asyncio.create_subprocess_exec(*command, url, env={**os.environ, **TRUST})
    try:
        results = asyncio.ensure_future(server.get_result())
        exited = asyncio.ensure_future(process.wait())
        await asyncio.wait([results, exited], return_when=asyncio.FIRST_COMPLETED)
        # The client's last request and the end of the server cross each other.
        return await asyncio.wait_for(results, 10)
    finally:
        await end(process)


async def end(process):
    """Stops the process, unless it has stopped; a client may need a moment."""
    if process.returncode is None and process.stdout is None:
        try:
            await asyncio.wait_for(process.wait(), 5)
        except asyncio.TimeoutError:
            pass
    if process.returncode is None:
        process.terminate()
        await process.wait()


async def can_fail(krandog, role):
    """Whether the check finds echoes that are broken on purpose, and only these."""
    good = True
    for breakage, patterns, expected in BROKEN:
        outcome = await run(krandog, role, "off", breakage, patterns)
        found = set(outcome.failing) == expected and set(outcome.verdicts) == set(outcome.wanted)
        said = "found" if found else f"NOT FOUND as expected: {outcome}"
        print(f"Broken {role} ({breakage}, {len(expected)} of {len(outcome.wanted)}): {said}")
        good &= found
    return good
