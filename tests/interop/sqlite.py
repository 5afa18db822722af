"""Databases in files: beside the command `sqlite3`, other connections, and all that is in the way."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from peer import equal, krandog, run

if not shutil.which("sqlite3"):
    print("there is no command sqlite3")
    sys.exit(77)


async def task(*arguments):
    """What the script prints, line by line."""
    async with krandog("interop/sqlite.js", *map(str, arguments)) as process:
        lines = (await process.child.stdout.read()).decode().splitlines()
        code = await process.wait()
        if code != 0:
            raise AssertionError(f"{arguments[0]} ended with {code}\n{process.errors}")
        return lines


@contextlib.asynccontextmanager
async def filled():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "a b é.db"
        equal(await task("fill", path), ["wal true"])
        yield path


def shell(path, sql):
    result = subprocess.run(["sqlite3", path, sql], capture_output=True, text=True, check=True)
    return result.stdout.strip()


async def both_read_what_the_other_has_written():
    async with filled() as path:
        equal(shell(path, "SELECT count(*), max(text) FROM t"), "1000|line 999 é水")
        equal(shell(path, "SELECT hex(bytes) FROM t WHERE id = 256"), "FF")
        equal(shell(path, "PRAGMA integrity_check"), "ok")
        shell(path, "INSERT INTO t (text) VALUES ('z from outside')")
        equal(await task("count", path), ["{ n: 1001, last: 'z from outside' }"])


async def a_file_that_is_no_database_says_so():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "text.db"
        path.write_text("this is no database, " * 100)
        (line,) = await task("open", path)
        equal(json.loads(line), ["ERR_SQLITE_ERROR", 26, f"file is not a database: {path}"])


async def a_file_that_is_not_there_is_made_unless_it_must_not():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "new.db"
        (line,) = await task("open", path, '{"create": false}')
        equal(json.loads(line), ["ERR_SQLITE_ERROR", 14, f"unable to open database file: {path}"])
        (line,) = await task("open", path, '{"readonly": true}')
        equal(json.loads(line)[:2], ["ERR_SQLITE_ERROR", 14])
        equal(await task("open", path), ["opened"])
        equal(path.exists(), True)


async def a_folder_that_nobody_can_write_to_says_so():
    (line,) = await task("open", "/proc/krandog.db")
    equal(json.loads(line)[:2], ["ERR_SQLITE_ERROR", 14])
    (line,) = await task("open", "/nowhere/at/all.db")
    equal(json.loads(line)[:2], ["ERR_SQLITE_ERROR", 14])


async def a_database_that_is_locked_says_so():
    async with filled() as path:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        (line,) = await task("locked", path)
        equal(json.loads(line), ["ERR_SQLITE_ERROR", 5, "database is locked"])
        holder.execute("ROLLBACK")
        equal(await task("locked", path), [])
        holder.close()


async def long_queries_leave_the_loop_alone():
    async with filled() as path:
        equal(await task("later", path), ["done"])
        equal(shell(path, "PRAGMA integrity_check"), "ok")


async def a_copy_is_a_database():
    async with filled() as path:
        copy = path.with_name("copy.db")
        equal(await task("backup", path, copy), ["1000", "42", "43"])
        equal(shell(copy, "SELECT count(*) FROM t"), "1000")
        equal([name for name in os.listdir(path.parent) if "backup" in name], [])


run(
    both_read_what_the_other_has_written,
    a_file_that_is_no_database_says_so,
    a_file_that_is_not_there_is_made_unless_it_must_not,
    a_folder_that_nobody_can_write_to_says_so,
    a_database_that_is_locked_says_so,
    long_queries_leave_the_loop_alone,
    a_copy_is_a_database,
)
