"""Signals end a script politely, or at the second time whatever it does; a listener decides itself."""

import contextlib
import pathlib
import signal
import tempfile

from peer import equal, eventually, krandog, run


@contextlib.asynccontextmanager
async def doing(what, *arguments):
    async with krandog("interop/signals.js", what, *arguments) as process:
        equal(await process.line(), "ready")
        yield process
        equal(process.errors, "")


def status(process, name):
    text = pathlib.Path(f"/proc/{process.child.pid}/status").read_text()
    return next(line.split()[1] for line in text.splitlines() if line.startswith(f"{name}:"))


async def delivered(process):
    """Waits until no signal is on its way; the process has not ended of it."""

    async def look():
        return int(status(process, "ShdPnd"), 16) == 0

    await eventually(look)
    assert status(process, "State") != "Z", "it has ended"


async def a_script_in_a_loop_ends_at_the_second_signal():
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        async with doing("loop") as process:
            process.signal(number)
            await delivered(process)
            process.signal(number)
            equal(await process.wait(), -number)


async def a_script_in_a_loop_at_its_top_ends_at_the_first_signal():
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        async with doing("loop at the top") as process:
            process.signal(number)
            equal(await process.wait(), -number)


@contextlib.asynccontextmanager
async def busy(what):
    """A script in its first run, which goes on once it has been told."""
    with tempfile.TemporaryDirectory() as above:
        folder = pathlib.Path(above, "go-on")
        async with doing(what, str(folder)) as process:
            yield process, folder.mkdir


async def a_listener_hears_a_signal_that_came_while_its_script_was_busy():
    for name in ["SIGTERM", "SIGUSR2"]:
        async with busy("listen while busy") as (process, go_on):
            number = getattr(signal, name)
            process.signal(number)
            await delivered(process)
            go_on()
            equal(await process.line(), "done")
            equal(await process.line(), f"{name} {int(number)}")
            equal(await process.wait(), 0)


async def a_server_that_was_busy_when_asked_to_end_ends_politely():
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        async with busy("serve while busy") as (process, go_on):
            process.signal(number)
            await delivered(process)
            go_on()
            equal(await process.line(), "done")
            equal(await process.line(), f"exit {128 + number}")
            equal(await process.wait(), 128 + number)


async def a_busy_script_ends_at_the_second_signal():
    async with busy("listen while busy") as (process, _):
        process.signal(signal.SIGTERM)
        await delivered(process)
        process.signal(signal.SIGTERM)
        equal(await process.wait(), -signal.SIGTERM)


async def a_script_that_waits_ends_with_128_and_the_number():
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        async with doing("wait") as process:
            process.signal(number)
            equal(await process.line(), f"exit {128 + number}")
            equal(await process.wait(), 128 + number)


async def a_listener_is_told_each_time_and_the_script_goes_on():
    async with doing("listen") as process:
        for name in ["SIGHUP", "SIGINT", "SIGTERM", "SIGUSR2", "SIGHUP", "SIGHUP"]:
            number = getattr(signal, name)
            process.signal(number)
            equal(await process.line(), f"{name} {int(number)}")


async def without_its_listener_a_signal_ends_the_script_again():
    for name in ["SIGHUP", "SIGINT", "SIGTERM"]:
        async with doing("listen") as process:
            number = getattr(signal, name)
            process.signal(number)
            await process.line()
            await process.say(name)
            equal(await process.line(), "off")
            process.signal(number)
            equal(await process.wait(), 128 + number)


async def a_listener_for_one_time_hears_one_signal():
    async with doing("once") as process:
        process.signal(signal.SIGTERM)
        equal(await process.line(), "once")
        process.signal(signal.SIGTERM)
        equal(await process.wait(), 128 + signal.SIGTERM)


run(
    a_script_in_a_loop_ends_at_the_second_signal,
    a_script_in_a_loop_at_its_top_ends_at_the_first_signal,
    a_listener_hears_a_signal_that_came_while_its_script_was_busy,
    a_server_that_was_busy_when_asked_to_end_ends_politely,
    a_busy_script_ends_at_the_second_signal,
    a_script_that_waits_ends_with_128_and_the_number,
    a_listener_is_told_each_time_and_the_script_goes_on,
    without_its_listener_a_signal_ends_the_script_again,
    a_listener_for_one_time_hears_one_signal,
)
