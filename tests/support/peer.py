"""What the Python tests share: krandog as a child process, and a small runner of checks."""

import asyncio
import contextlib
import json
import os
import pathlib
import resource
import signal
import socket
import ssl
import sys
import traceback

TESTS = pathlib.Path(__file__).parent.parent
KRANDOG = os.environ["KRANDOG"]
CERTIFICATES = TESTS / "certificates"
# A test of plain connections may be run again with everything in TLS.
OVER_TLS = "OVER_TLS" in os.environ
WS, HTTP = ("wss", "https") if OVER_TLS else ("ws", "http")


def client_tls():
    """What a client trusts: the authority of the tests' certificates."""
    return ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")


def server_tls():
    """A server at localhost."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
    return tls


def over_tls(script):
    """Runs another test of this folder with everything in TLS."""
    os.environ.update(OVER_TLS="1", NODE_EXTRA_CA_CERTS=str(CERTIFICATES / "ca.pem"))
    os.execv(sys.executable, [sys.executable, str(TESTS / "interop" / script)])


# Whoever ends a test asks politely first, so that it can end what it has started.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


class Process:
    """A running krandog. What it prints can be read by the line; the rest is kept."""

    def __init__(self, child):
        self.child = child
        self.errors = ""
        self._stderr = asyncio.create_task(self._collect())

    async def _collect(self):
        async for line in self.child.stderr:
            self.errors += line.decode()

    async def line(self, seconds=10):
        """The next line of standard output, without its end."""
        line = await asyncio.wait_for(self.child.stdout.readline(), seconds)
        if not line:
            code = await self.wait()
            raise AssertionError(f"krandog ended with {code}\n{self.errors}")
        return line.decode().rstrip("\n")

    async def say(self, text):
        self.child.stdin.write(f"{text}\n".encode())
        await self.child.stdin.drain()

    def signal(self, number):
        self.child.send_signal(number)

    async def wait(self, seconds=10):
        """The exit code; below zero, it is the signal that killed the process."""
        code = await asyncio.wait_for(self.child.wait(), seconds)
        await self._stderr
        return code

    async def end(self):
        if self.child.returncode is None:
            self.child.kill()
        await self.child.wait()
        await self._stderr


@contextlib.asynccontextmanager
async def krandog(script, *arguments, descriptors=None, **environment):
    """Runs a script, named from the folder of the tests, for as long as the block."""

    def prepare():
        # Whoever runs the tests may ignore them, as nohup and a shell's background do.
        for number in [signal.SIGHUP, signal.SIGINT]:
            signal.signal(number, signal.SIG_DFL)
        if descriptors:
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    child = await asyncio.create_subprocess_exec(
        KRANDOG,
        # It may be an option instead.
        script if str(script).startswith("-") else str(TESTS / script),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
        preexec_fn=prepare,
    )
    process = Process(child)
    try:
        yield process
    finally:
        await process.end()


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"{brief(actual)} is not {brief(expected)}")


def brief(value):
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def get(port, target="/", host="127.0.0.1"):
    """The status and the body of a GET request."""
    tls = client_tls() if OVER_TLS else None
    reader, writer = await asyncio.open_connection(host, port, ssl=tls)
    writer.write(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    reply = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    head, _, body = reply.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


async def get_json(port, target):
    _, body = await get(port, target)
    return json.loads(body)


async def eventually(look, seconds=5):
    """What `look` returns once that is true."""
    for _ in range(int(seconds / 0.02)):
        found = await look()
        if found:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")


def run(*checks, serving=None, seconds=30):
    """Runs each check, an async function whose name says what it finds out.

    `serving` is a script that prints its port first: each check gets that port. None may take longer
    than so many seconds.
    """

    async def all_checks():
        failed = 0
        async with contextlib.AsyncExitStack() as stack:
            arguments = ()
            if serving:
                process = await stack.enter_async_context(krandog(serving))
                arguments = (int(await process.line()),)
            for check in checks:
                try:
                    await asyncio.wait_for(check(*arguments), seconds)
                except Exception:
                    failed += 1
                    print(f"{check.__name__}: {traceback.format_exc(limit=-3)}")
            if serving and failed:
                print(f"the server said:\n{process.errors}")
        return failed

    sys.exit(1 if asyncio.run(all_checks()) else 0)
