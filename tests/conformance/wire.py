"""What Autobahn's runner takes for granted: the proof that the key was read, masking in the one
direction and none in the other, and who refuses what in the opening handshake (RFC 6455 4, 5.1).

Everything here is on plain sockets, so that no WebSocket library stands between.
"""

import asyncio
import base64
import hashlib
import os
import struct
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
PATIENCE_SECONDS = 10


class Wrong(Exception):
    """What was seen is not what the RFC says."""


def expect(seen, wanted, what):
    if seen != wanted:
        raise Wrong(f"{what}: {seen!r}, not {wanted!r}")


def accept_of(key):
    return base64.b64encode(hashlib.sha1(key + GUID).digest())


def frame(opcode, payload, key=None):
    """A short frame, masked if there is a key."""
    head = bytes([0x80 | opcode, (0x80 if key else 0) | len(payload)])
    return head + (key + mask(payload, key) if key else payload)


def mask(payload, key):
    return bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


async def read_frame(reader):
    """First byte, masking key or None, unmasked payload of a short frame."""
    first, second = await reader.readexactly(2)
    key = await reader.readexactly(4) if second & 0x80 else None
    payload = await reader.readexactly(second & 0x7F)
    return first, key, mask(payload, key) if key else payload


async def read_head(reader):
    """Start line, and the fields by lower-case name."""
    head = await reader.readuntil(b"\r\n\r\n")
    start, *lines = head[:-4].split(b"\r\n")
    fields = [line.split(b":", 1) for line in lines]
    return start, {name.lower(): value.strip() for name, value in fields}


async def check(krandog, role):
    """Runs the checks of a role; whether all hold."""
    checks, around = (SERVER, with_server) if role == "server" else (CLIENT, without)
    wrong = []
    async with around(krandog) as subject:
        for name, work in checks.items():
            try:
                await asyncio.wait_for(work(subject), PATIENCE_SECONDS)
            except Wrong as error:
                wrong.append(f"  {name}: {error}")
            except (asyncio.TimeoutError, asyncio.IncompleteReadError, OSError) as error:
                wrong.append(f"  {name}: {error!r}")
    print(f"Wire {role}: {len(checks) - len(wrong)} of {len(checks)} hold", *wrong, sep="\n")
    return not wrong


# --- krandog as the server ---


class with_server:
    """The echo server, as the port it listens on."""

    def __init__(self, krandog):
        self.command = [krandog, str(HERE / "server.js"), "off", "none"]

    async def __aenter__(self):
        self.process = await asyncio.create_subprocess_exec(
            *self.command, stdout=asyncio.subprocess.PIPE
        )
        return int(await self.process.stdout.readline())

    async def __aexit__(self, *_):
        self.process.terminate()
        await self.process.wait()


HANDSHAKE = {
    "Host": "localhost",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


async def ask(port, **changes):
    """Sends the handshake with the fields named so (`_` for `-`) replaced, or left out if None."""
    changes = {name.replace("_", "-"): value for name, value in changes.items()}
    fields = {**HANDSHAKE, **changes}
    lines = [f"{name}: {value}\r\n" for name, value in fields.items() if value is not None]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(("GET / HTTP/1.1\r\n" + "".join(lines) + "\r\n").encode())
    start, fields = await read_head(reader)
    return int(start.split(b" ")[1]), fields, reader, writer


async def open_websocket(port):
    status, _, reader, writer = await ask(port)
    expect(status, 101, "status")
    return reader, writer


async def accepts_the_rfcs_key(port):
    status, fields, _, writer = await ask(port)
    expect(status, 101, "status")
    expect(fields[b"sec-websocket-accept"], b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "accept")
    expect(fields[b"upgrade"].lower(), b"websocket", "upgrade")
    expect(fields[b"connection"].lower(), b"upgrade", "connection")
    writer.close()


async def accepts_any_key(port):
    for _ in range(8):
        key = base64.b64encode(os.urandom(16))
        status, fields, _, writer = await ask(port, Sec_WebSocket_Key=key.decode())
        expect(status, 101, "status")
        expect(fields[b"sec-websocket-accept"], accept_of(key), "accept")
        writer.close()


async def agrees_to_nothing_unknown(port):
    status, fields, _, writer = await ask(
        port, Sec_WebSocket_Protocol="chat", Sec_WebSocket_Extensions="x-unknown; a=1"
    )
    expect(status, 101, "status")
    expect(fields.get(b"sec-websocket-protocol"), None, "protocol")
    expect(fields.get(b"sec-websocket-extensions"), None, "extensions")
    writer.close()


async def refuses_bad_handshakes(port):
    for changes, wanted in [
        ({"Sec_WebSocket_Key": None}, 400),
        ({"Sec_WebSocket_Key": "c2hvcnQ="}, 400),
        ({"Sec_WebSocket_Key": "not base64 at all!!!!!!="}, 400),
        ({"Sec_WebSocket_Version": "12"}, 426),
        ({"Sec_WebSocket_Version": None}, 426),
        ({"Connection": "keep-alive"}, 400),
        ({"Host": None}, 400),
    ]:
        status, fields, _, writer = await ask(port, **changes)
        expect(status, wanted, f"status with {changes}")
        if wanted == 426:
            expect(fields[b"sec-websocket-version"], b"13", "version")
        writer.close()


async def does_not_mask(port):
    reader, writer = await open_websocket(port)
    key = os.urandom(4)
    writer.write(frame(TEXT, b"hello", key) + frame(PING, b"ping", key) + frame(TEXT, b"", key))
    for wanted in [(0x80 | TEXT, None, b"hello"), (0x80 | PONG, None, b"ping")]:
        # A pong is written while reading, an echo by the script: their order is not defined.
        seen = await read_frame(reader)
        expect(seen[1], None, "masking key of a server")
        if seen != wanted:
            expect(seen, (0x80 | PONG, None, b"ping"), "frame")
    writer.write(frame(CLOSE, struct.pack(">H", 1000), key))
    while (seen := await read_frame(reader))[0] != 0x80 | CLOSE:
        expect(seen[1], None, "masking key of a server")
    expect(seen, (0x80 | CLOSE, None, struct.pack(">H", 1000)), "close")
    expect(await reader.read(), b"", "bytes after Close")
    writer.close()


async def takes_no_unmasked_frame(port):
    for opcode, payload in [(TEXT, b"hello"), (TEXT, b""), (PING, b""), (CLOSE, b"")]:
        reader, writer = await open_websocket(port)
        writer.write(frame(opcode, payload))
        first, key, payload = await read_frame(reader)
        expect((first, key, payload[:2]), (0x80 | CLOSE, None, b"\x03\xea"), "answer")
        expect(await reader.read(), b"", "bytes after Close")
        writer.close()


SERVER = {
    "the key of the RFC is answered as there": accepts_the_rfcs_key,
    "any key is answered": accepts_any_key,
    "unknown offers are declined": agrees_to_nothing_unknown,
    "bad handshakes are refused": refuses_bad_handshakes,
    "frames are sent without a mask": does_not_mask,
    "frames without a mask are a fault": takes_no_unmasked_frame,
}


# --- krandog as the client ---


class without:
    """Nothing runs all the time: each check starts its own client."""

    def __init__(self, krandog):
        self.krandog = krandog

    async def __aenter__(self):
        return self.krandog

    async def __aexit__(self, *_):
        pass


async def probe(krandog, answer):
    """Lets probe.js connect, hands the connection to `answer` and gives back its result and what
    the script saw."""
    results = asyncio.get_running_loop().create_future()

    async def serve(reader, writer):
        try:
            start, fields = await read_head(reader)
            expect(start, b"GET /path?query HTTP/1.1", "request line")
            result = await answer(fields, reader, writer)
            if not results.done():
                results.set_result(result)
        except Exception as error:
            if not results.done():
                results.set_exception(error)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        krandog,
        str(HERE / "probe.js"),
        f"ws://127.0.0.1:{port}/path?query",
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        output, _ = await process.communicate()
        return await results, output.decode().splitlines()
    finally:
        server.close()
        if process.returncode is None:
            process.kill()


def switching(accept, extra=b""):
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + (b"Sec-WebSocket-Accept: " + accept + b"\r\n" if accept else b"")
        + extra
        + b"\r\n"
    )


async def open_to(fields, writer):
    writer.write(switching(accept_of(fields[b"sec-websocket-key"])))


async def asks_as_it_should(krandog):
    async def answer(fields, reader, writer):
        expect(fields[b"upgrade"].lower(), b"websocket", "upgrade")
        expect(fields[b"connection"].lower(), b"upgrade", "connection")
        expect(fields[b"sec-websocket-version"], b"13", "version")
        expect(fields.get(b"sec-websocket-protocol"), None, "protocol")
        key = fields[b"sec-websocket-key"]
        expect(len(base64.b64decode(key, validate=True)), 16, "bytes of key")
        return key

    keys = {(await probe(krandog, answer))[0] for _ in range(3)}
    expect(len(keys), 3, "different keys of three connections")


async def masks_afresh(krandog):
    async def answer(fields, reader, writer):
        await open_to(fields, writer)
        frames = [await read_frame(reader) for _ in range(3)]
        writer.write(frame(PING, b"ping") + frame(TEXT, b"hello"))
        frames.append(await read_frame(reader))
        writer.write(frame(CLOSE, struct.pack(">H", 1000)))
        frames.append(await read_frame(reader))
        return frames

    frames, seen = await probe(krandog, answer)
    expect(
        [(first, payload) for first, _, payload in frames],
        [
            (0x80 | TEXT, b""),
            (0x80 | TEXT, b"one"),
            (0x80 | TEXT, b"two"),
            (0x80 | PONG, b"ping"),
            (0x80 | CLOSE, b"\x03\xe8"),
        ],
        "frames",
    )
    keys = {key for _, key, _ in frames}
    expect(None in keys, False, "a frame without a mask")
    expect(len(keys), len(frames), "different masking keys")
    expect(seen, ["open", "message hello", "close 1000 true"], "what the script saw")


async def takes_no_masked_frame(krandog):
    for opcode, payload in [(TEXT, b"hello"), (TEXT, b""), (PING, b""), (CLOSE, b"")]:

        async def answer(fields, reader, writer):
            await open_to(fields, writer)
            for _ in range(3):
                await read_frame(reader)
            writer.write(frame(opcode, payload, b"\x01\x02\x03\x04"))
            first, key, reply = await read_frame(reader)
            expect((first, reply[:2]), (0x80 | CLOSE, b"\x03\xea"), "answer")
            expect(key is None, False, "a frame without a mask")

        _, seen = await probe(krandog, answer)
        expect(seen, ["open", "error", "close 1006 false"], "what the script saw")


async def refuses_bad_answers(krandog):
    def answers(make):
        async def answer(fields, reader, writer):
            writer.write(make(accept_of(fields[b"sec-websocket-key"])))
            expect(await reader.read(), b"", "bytes after a handshake that failed")

        return answer

    for name, make in {
        "a wrong accept": lambda accept: switching(accept_of(b"another key")),
        "the accept in lower case": lambda accept: switching(accept.lower()),
        "no accept": lambda accept: switching(None),
        "two accepts": lambda accept: switching(
            accept, b"Sec-WebSocket-Accept: " + accept + b"\r\n"
        ),
        "a subprotocol": lambda accept: switching(accept, b"Sec-WebSocket-Protocol: chat\r\n"),
        "an extension": lambda accept: switching(accept, b"Sec-WebSocket-Extensions: x\r\n"),
        "no Upgrade": lambda accept: switching(accept).replace(b"Upgrade: websocket\r\n", b""),
        "status 200": lambda accept: b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "frames for a response": lambda accept: frame(TEXT, b"hello"),
    }.items():
        _, seen = await probe(krandog, answers(make))
        expect(seen, ["error", "close 1006 false"], f"what the script saw of {name}")


CLIENT = {
    "the request is complete and its key fresh": asks_as_it_should,
    "each frame is masked with a key of its own": masks_afresh,
    "masked frames are a fault": takes_no_masked_frame,
    "bad answers are refused": refuses_bad_answers,
}
