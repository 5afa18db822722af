"""Keys and values in a file: what was written is there, whatever happens to who has written it."""

import asyncio
import contextlib
import json
import pathlib
import signal
import sqlite3
import tempfile

from peer import equal, krandog, run


@contextlib.contextmanager
def place():
    with tempfile.TemporaryDirectory() as folder:
        yield pathlib.Path(folder) / "state.db"


async def task(name, path):
    async with krandog("interop/kv.js", name, str(path)) as process:
        lines = (await process.child.stdout.read()).decode().splitlines()
        code = await process.wait()
        if code != 0:
            raise AssertionError(f"{name} ended with {code}\n{process.errors}")
        return lines


async def what_was_confirmed_survives_a_kill():
    with place() as path:
        for _ in range(3):
            async with krandog("interop/kv.js", "write", str(path)) as process:
                said = -1
                for _ in range(20):
                    said = int(await process.line())
                process.signal(signal.SIGKILL)
                await process.wait()
            (line,) = await task("read", path)
            last, count = json.loads(line)
            equal((last >= said, count >= said + 1), (True, True))


async def several_processes_count_up_without_losing_any():
    with place() as path:
        await task("show", path)
        await asyncio.gather(*(task("count", path) for _ in range(3)))
        equal(await task("show", path), ["150"])


async def what_has_expired_leaves_the_file():
    with place() as path:
        await task("expire", path)
        with contextlib.closing(sqlite3.connect(path)) as db:
            equal(db.execute("SELECT CAST(key AS TEXT) FROM kv").fetchall(), [("other",)])


async def another_file_is_left_alone():
    with place() as path:
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE mine (a)")
        (line,) = await task("open", path)
        message = f"the database is not one of krandog:kv: {path}"
        equal(json.loads(line), ["ERR_KV_FORMAT", message])
        with contextlib.closing(sqlite3.connect(path)) as db:
            equal(db.execute("SELECT name FROM sqlite_schema").fetchall(), [("mine",)])


run(
    what_was_confirmed_survives_a_kill,
    several_processes_count_up_without_losing_any,
    what_has_expired_leaves_the_file,
    another_file_is_left_alone,
)
