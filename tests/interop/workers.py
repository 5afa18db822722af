"""Workers of one program: they share its port and its rooms, start anew alone, and end together."""

import asyncio
import contextlib
import json
import pathlib
import resource
import signal
import socket
import tempfile

from peer import KRANDOG, TESTS, Process, equal, eventually, get, krandog, run
from websockets.asyncio.client import connect, unix_connect


@contextlib.asynccontextmanager
async def working(count, **options):
    """So many workers, all of which listen, and their port."""
    script = str(TESTS / "interop/workers.js")
    async with krandog(f"--workers={count}", script, json.dumps(options)) as process:
        told = [json.loads(await process.line()) for _ in range(count)]
        equal(sorted(each["id"] for each in told), list(range(1, count + 1)))
        equal([each["id"] for each in told if each["isPrimary"]], [1])
        equal({each["count"] for each in told}, {count})
        ports = {each["port"] for each in told}
        equal(len(ports), 1)
        yield process, ports.pop()


class Client:
    """A WebSocket that knows which worker serves it."""

    def __init__(self, websocket):
        self.websocket = websocket

    async def ask(self, *words):
        await self.say(*words)
        return await self.next()

    async def say(self, *words):
        await self.websocket.send(" ".join(str(word) for word in words))

    async def next(self):
        return await asyncio.wait_for(self.websocket.recv(), 10)

    async def learn(self):
        self.who = json.loads(await self.ask("who"))
        self.worker, self.id = self.who["id"], self.who["ws"]
        return self


async def client(port, **options):
    return await Client(await connect(f"ws://127.0.0.1:{port}/", **options)).learn()


async def clients(port, workers, each=1, **options):
    """So many clients of each of these workers, in the order of the workers."""
    by_worker = {worker: [] for worker in workers}
    while any(len(known) < each for known in by_worker.values()):
        one = await client(port, **options)
        if len(by_worker.get(one.worker, [0] * each)) < each:
            by_worker[one.worker].append(one)
        else:
            await one.websocket.close()
    return [one for worker in workers for one in by_worker[worker]]


async def ended(process, code):
    equal(await process.wait(), code)


def said(process, text):
    async def look():
        return text in process.errors

    return look


async def the_kernel_deals_connections_out():
    async with working(3) as (_, port):
        seen = set()

        async def all_seen():
            seen.add((await get(port))[1])
            return len(seen) == 3

        await eventually(all_seen)


async def rooms_reach_across():
    async with working(4) as (_, port):
        all_of_them = await clients(port, [1, 2, 3, 4], each=2)
        for one in all_of_them:
            equal(await one.ask("size nobody"), "0 false")
            equal(await one.ask("join game"), "true")
        for one in all_of_them:
            # At once, since whoever has joined is known.
            equal(await one.ask("size game"), "8 true")
        for sender in all_of_them:
            await sender.say("publishMine game", sender.id)
        for one in all_of_them:
            others = sorted(other.id for other in all_of_them if other is not one)
            equal(sorted([int(await one.next()) for _ in others]), others)
        equal(await all_of_them[0].ask("leave game"), "true")
        equal(await all_of_them[-1].ask("size game"), "7 true")
        await all_of_them[2].websocket.close()

        async def gone():
            return await all_of_them[-1].ask("size game") == "6 true"

        await eventually(gone)


async def messages_of_one_sender_keep_their_order():
    async with working(2) as (_, port):
        sender, near, far = await clients(port, [1], each=2) + await clients(port, [2])
        for one in (near, far):
            await one.ask("join order")
        for number in range(2000):
            await sender.say("publish order", number)
        for one in (near, far):
            equal([await one.next() for _ in range(2000)], [str(n) for n in range(2000)])


async def large_and_compressed_frames_are_shared():
    async with working(2) as (_, port):
        sender, _ = await clients(port, [1, 2])
        plain = await clients(port, [1, 2], compression=None)
        squeezed = await clients(port, [1, 2])
        for one in plain + squeezed:
            await one.ask("join large")
        for size in (10, 1000, 5000, 300_000):
            await sender.say("bytes large", size, size % 251)
            for one in plain + squeezed:
                equal(await one.next() == bytes([size % 251]) * size, True)


async def patterns_rules_and_exceptions_reach_across():
    async with working(2) as (_, port):
        one, two = await clients(port, [1, 2])
        equal(await two.ask("subscribe room.*"), "true")
        await one.say("publish room.7 seven")
        equal(await two.next(), "seven")
        await two.ask("join muted")
        await one.say("except room.7 muted unheard")
        await one.say("broadcast everybody")
        equal([await one.next(), await two.next()], ["everybody", "everybody"])
        equal(await one.ask("relay room.8"), "relays")
        await one.say("by a rule")
        equal(await two.next(), "by a rule")


async def one_socket_is_reached_by_its_id():
    async with working(3) as (_, port):
        all_of_them = await clients(port, [1, 2, 3])
        equal(len({one.id for one in all_of_them}), 3)
        for sender in all_of_them:
            for to in all_of_them:
                if sender is to:
                    continue
                result = json.loads(await sender.ask("to", to.id, f"from-{sender.worker}"))
                equal(result, {"sent": 0, "dropped": 0, "forwarded": True})
                equal(await to.next(), f"from-{sender.worker}")
        missing = {"sent": 0, "dropped": 0, "forwarded": False}
        equal(json.loads(await all_of_them[0].ask("to", 99 << 38, "nobody")), missing)


async def hubs_of_one_name_are_one():
    async with working(2) as (_, port):
        one, two = await clients(port, [1, 2])
        equal(await two.ask("named side"), "true")
        nobody = {"sent": 0, "dropped": 0, "forwarded": False}
        equal(json.loads(await one.ask("publishNamed empty", "x")), nobody)
        equal(json.loads(await one.ask("publishNamed side", "x"))["forwarded"], True)
        equal(await two.next(), "x")


async def a_worker_that_fails_starts_anew_while_others_serve():
    async with working(2) as (process, port):
        one, two = await clients(port, [1, 2])
        for again in range(2):
            await two.say("fail")
            equal(await process.line(), "2 exits with 1")
            equal(await one.ask("size nobody"), "0 false")
            equal(json.loads(await process.line())["id"], 2)
            before = two.id
            [two] = await clients(port, [2])
            # Numbers of the one before it are not used again.
            assert two.id > before, (two.id, before)
            equal(await two.ask("join back"), "true")
            await one.say("publish back again")
            equal(await two.next(), "again")
        assert "Error: worker 2 fails" in process.errors, process.errors
        assert "worker 2 has ended with code 1; it starts anew in 200 ms" in process.errors
        # The first is like any other.
        await one.say("fail")
        equal(await process.line(), "1 exits with 1")
        equal(json.loads(await process.line())["id"], 1)
        [one] = await clients(port, [1])
        equal(await one.ask("size back"), "1 true")


async def a_recursion_without_end_ends_its_worker_alone():
    async with working(2) as (process, port):
        one, two = await clients(port, [1, 2])
        await two.say("recurse")
        while not (line := await process.line()).startswith("{"):
            equal(line, "2 exits with 1")
        equal(json.loads(line)["id"], 2)
        equal(await one.ask("size nobody"), "0 false")


async def a_program_that_cannot_start_says_so_once():
    for count, fails in ((3, "all"), (3, "1")):
        async with krandog(
            f"--workers={count}", str(TESTS / "interop/workers.js"), json.dumps({"fails": fails})
        ) as process:
            await ended(process, 1)
            equal(process.errors.count("Uncaught Error"), 1)


async def a_worker_that_never_starts_ends_the_program():
    script = str(TESTS / "interop/workers.js")
    async with krandog("--workers=2", script, json.dumps({"fails": "2"})) as process:
        equal(json.loads(await process.line())["id"], 1)
        await ended(process, 1)
        equal(process.errors.count("this worker never starts"), 2 * 5)


async def a_signal_ends_all():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        async with working(3) as (process, port):
            all_of_them = await clients(port, [1, 2, 3])
            process.signal(number)
            for one in all_of_them:
                await asyncio.wait_for(one.websocket.wait_closed(), 10)
                equal(one.websocket.close_code, 1001)
            code = 128 + number
            lines = sorted([await process.line() for _ in range(3)])
            equal(lines, [f"{worker} exits with {code}" for worker in (1, 2, 3)])
            await ended(process, code)


async def a_signal_reaches_a_worker_that_starts_anew():
    # The others end because their script closes its server, and not by the signal itself.
    async with working(3, hears="SIGTERM") as (process, port):
        one, two, three = await clients(port, [1, 2, 3])
        # Three times, so that the next wait is longer than it takes to send a signal.
        for _ in range(3):
            await two.say("fail")
            equal(await process.line(), "2 exits with 1")
            equal(json.loads(await process.line())["id"], 2)
            [two] = await clients(port, [2])
        await two.say("fail")
        equal(await process.line(), "2 exits with 1")
        await eventually(said(process, "anew in 800 ms"))
        process.signal(signal.SIGTERM)
        # Whoever is left starts, hears of it and is done, or is not started any more.
        await ended(process, 0)


async def a_signal_that_ends_nobody_reaches_a_worker_that_starts_anew():
    async with slow_the_second_time(500, on="SIGTERM") as process:
        process.signal(signal.SIGTERM)
        equal({await process.line(), await process.line()}, {"up", "hears 1"})
        process.signal(signal.SIGTERM)
        equal(await process.line(), "hears 2")


@contextlib.asynccontextmanager
async def slow_the_second_time(milliseconds, on="SIGUSR2"):
    """The only worker of a program, which has failed and is so long in starting anew."""
    program = f"""
        import {{ milliseconds }} from './wait.mjs';
        console.log('starts');
        for (const begun = Date.now(); Date.now() < begun + milliseconds;);
        process.on('SIGUSR1', () => {{ throw new Error('it fails'); }});
        setInterval(() => {{}}, 1000);
        let times = 0;
        process.on('{on}', () => console.log('hears', times += 1));
        setTimeout(() => console.log('up'));
    """
    with tempfile.TemporaryDirectory() as folder:
        wait = pathlib.Path(folder, "wait.mjs")
        wait.write_text("export const milliseconds = 0;")
        pathlib.Path(folder, "slow.mjs").write_text(program)
        async with krandog("--workers=1", f"{folder}/slow.mjs") as process:
            equal([await process.line(), await process.line()], ["starts", "up"])
            wait.write_text(f"export const milliseconds = {milliseconds};")
            process.signal(signal.SIGUSR1)
            equal(await process.line(), "starts")
            yield process


async def a_signal_ends_a_worker_that_starts_anew_alone():
    async with slow_the_second_time(1_000) as process:
        process.signal(signal.SIGTERM)
        await ended(process, 128 + signal.SIGTERM)


async def the_second_signal_ends_a_worker_that_never_starts():
    async with slow_the_second_time(60_000) as process:
        process.signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        process.signal(signal.SIGTERM)
        await ended(process, 128 + signal.SIGTERM)


async def a_worker_that_cannot_start_anew_is_tried_again():
    async with working(2) as (process, port):
        one, two = await clients(port, [1, 2])
        resource.prlimit(process.child.pid, resource.RLIMIT_NOFILE, (0, 1_000))
        await two.say("fail")
        equal(await process.line(), "2 exits with 1")
        await eventually(said(process, "cannot start worker 2: "))
        equal(await one.ask("size nobody"), "0 false")
        resource.prlimit(process.child.pid, resource.RLIMIT_NOFILE, (1_000, 1_000))
        while not (line := await process.line()).startswith("{"):
            equal(line, "2 exits with 1")
        equal(json.loads(line)["id"], 2)


async def servers_drain_together():
    shutdown = {"drain": 5000, "code": 1012, "spread": 100}
    async with working(2, shutdown=shutdown) as (process, port):
        all_of_them = await clients(port, [1, 2], each=3)
        process.signal(signal.SIGTERM)
        for one in all_of_them:
            await asyncio.wait_for(one.websocket.wait_closed(), 10)
            equal(one.websocket.close_code, 1012)
        await ended(process, 0)


async def to_exit_ends_all():
    async with working(3) as (process, port):
        one, two = await clients(port, [1, 2])
        await two.say("exit 7")
        await ended(process, 7)


async def a_program_is_done_when_all_workers_are():
    async with working(2) as (process, port):
        one, two = await clients(port, [1, 2])
        await one.say("close")
        equal(await process.line(), "1 exits with 0")
        await two.say("close")
        await ended(process, 0)


async def lines_of_workers_stay_whole():
    async with working(3) as (process, port):
        for one in await clients(port, [1, 2, 3]):
            await one.say("lines")
        for _ in range(600):
            line = await process.line()
            equal((len(line), len(set(line))), (300, 1))


async def a_unix_socket_is_shared():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "app.sock")
        async with working(3, listen={"path": str(path)}) as (process, _):
            seen = set()

            async def all_seen():
                async with unix_connect(str(path), "ws://localhost/") as websocket:
                    await websocket.send("who")
                    seen.add(json.loads(await websocket.recv())["id"])
                return len(seen) == 3

            # Whoever wakes first takes it.
            await eventually(all_seen, 20)
            process.signal(signal.SIGTERM)
            await ended(process, 143)
            equal(path.exists(), False)


async def a_socket_of_systemd_is_shared():
    with socket.create_server(("127.0.0.1", 0)) as passed:
        port, number = passed.getsockname()[1], passed.fileno()
        options = json.dumps({"listen": {"systemd": True}})
        child = await asyncio.create_subprocess_exec(
            *("bash", "-c", f'exec env LISTEN_PID=$$ LISTEN_FDS=1 "$0" "$@" 3<&{number}'),
            *(KRANDOG, "--workers=2", str(TESTS / "interop/workers.js"), options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=[number],
        )
        process = Process(child)
        try:
            ports = {json.loads(await process.line())["port"] for _ in range(2)}
            equal(ports, {port})
            one, two = await clients(port, [1, 2])
            await two.ask("join passed")
            await one.say("publish passed on")
            equal(await two.next(), "on")
            # It is still there for the worker that starts anew.
            await two.say("fail")
            equal(await process.line(), "2 exits with 1")
            equal(json.loads(await process.line())["port"], port)
            await clients(port, [2])
        finally:
            await process.end()


async def a_port_of_another_program_is_not_shared():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        listen = {"port": other.getsockname()[1], "host": "127.0.0.1"}
        script = str(TESTS / "interop/workers.js")
        async with krandog("--workers=2", script, json.dumps({"listen": listen})) as process:
            await ended(process, 1)
            assert "EADDRINUSE" in process.errors, process.errors


run(
    the_kernel_deals_connections_out,
    rooms_reach_across,
    messages_of_one_sender_keep_their_order,
    large_and_compressed_frames_are_shared,
    patterns_rules_and_exceptions_reach_across,
    one_socket_is_reached_by_its_id,
    hubs_of_one_name_are_one,
    a_worker_that_fails_starts_anew_while_others_serve,
    a_recursion_without_end_ends_its_worker_alone,
    a_program_that_cannot_start_says_so_once,
    a_worker_that_never_starts_ends_the_program,
    a_signal_ends_all,
    a_signal_reaches_a_worker_that_starts_anew,
    a_signal_ends_a_worker_that_starts_anew_alone,
    a_signal_that_ends_nobody_reaches_a_worker_that_starts_anew,
    the_second_signal_ends_a_worker_that_never_starts,
    a_worker_that_cannot_start_anew_is_tried_again,
    servers_drain_together,
    to_exit_ends_all,
    a_program_is_done_when_all_workers_are,
    lines_of_workers_stay_whole,
    a_unix_socket_is_shared,
    a_socket_of_systemd_is_shared,
    a_port_of_another_program_is_not_shared,
)
