"""fetch against a server of bare sockets: what is coded, in chunks, cut off, late, or a lie."""

import asyncio
import contextlib
import gzip
import json
import zlib

from peer import equal, krandog, run

TEXT = b"hello, hello, hello, hello"
OK = b"HTTP/1.1 200 OK\r\n"


def sized(body, *fields, status=b"200 OK"):
    lines = [b"HTTP/1.1 " + status, *fields, b"Content-Length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(*pieces, end=b"0\r\n\r\n", fields=b""):
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return OK + fields + b"Transfer-Encoding: chunked\r\n\r\n" + body + end


def raw_deflate(data):
    deflate = zlib.compressobj(wbits=-15)
    return deflate.compress(data) + deflate.flush()


class Server:
    """Answers each request by the bytes that its path names, or by a function of the connection."""

    def __init__(self):
        self.answers = {}
        self.heads = []
        self.connections = 0
        self.ended = asyncio.Event()

    async def handle(self, reader, writer):
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.heads.append(head)
                answer = self.answers[head.split()[1]]
                if callable(answer):
                    if not await answer(reader, writer):
                        break
                else:
                    writer.write(answer)
                    await writer.drain()
        self.ended.set()
        writer.close()


@contextlib.asynccontextmanager
async def serving(**answers):
    """A server, and a function that has krandog fetch from it."""
    server = Server()
    server.answers = {f"/{name}": answer for name, answer in answers.items()}
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    server.url = f"http://127.0.0.1:{port}"
    async with krandog("interop/fetch.js", http_proxy="", all_proxy="") as process:

        async def ask(name, init=None, use="text"):
            await process.say(json.dumps([f"{server.url}/{name}", init or {}, use]))
            return json.loads(await process.line(30))

        server.process = process
        yield server, ask
    listening.close()


async def contents_that_are_coded_are_decoded():
    coded = {
        "gzip": (b"gzip", gzip.compress(TEXT)),
        "members": (b"gzip", gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:])),
        "deflate": (b"deflate", zlib.compress(TEXT)),
        "raw": (b"deflate", raw_deflate(TEXT)),
        "twice": (b"deflate, gzip", gzip.compress(zlib.compress(TEXT))),
    }
    answers = {}
    for name, (coding, body) in coded.items():
        answers[name] = sized(body, b"Content-Encoding: " + coding)
        field = b"Content-Encoding: " + coding + b"\r\n"
        answers[f"{name}-chunks"] = chunked(*[bytes([byte]) for byte in body], fields=field)
    async with serving(**answers) as (_, ask):
        for name in answers:
            equal((name, (await ask(name))["body"]), (name, TEXT.decode()))


async def what_is_cut_off_is_an_error():
    async def closes_after(data, writer):
        writer.write(data)
        await writer.drain()
        return False

    packed = gzip.compress(TEXT)
    cut = {
        "length": OK + b"Content-Length: 99\r\n\r\nhello",
        "chunk": chunked(b"hello", end=b""),
        "last": chunked(b"hello", end=b"0\r\n"),
        "head": OK + b"Content-Le",
        "nothing": b"",
    }
    answers = {
        name: (lambda data: lambda _, writer: closes_after(data, writer))(data)
        for name, data in cut.items()
    }
    answers["packed"] = sized(packed[:-9], b"Content-Encoding: gzip")
    async with serving(**answers) as (_, ask):
        for name in cut:
            result = await ask(name)
            equal((name, result.get("error"), result.get("code")), (name, "fetch failed", "ECONNRESET"))
        assert "5 of 99 bytes" in (await ask("length"))["why"]
        equal((await ask("packed"))["code"], "ERR_CONTENT_DECODING")


async def what_is_no_response_is_refused():
    many = b"".join(b"X-%d: y\r\n" % number for number in range(300))
    lies = {
        "two": OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "both": OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "negative": OK + b"Content-Length: -5\r\n\r\n",
        "coding": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        "folded": OK + b"A: b\r\n c\r\nContent-Length: 0\r\n\r\n",
        "space": OK + b"Content-Length : 0\r\n\r\n",
        "feed": b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "status": b"HTTP/1.1 20 OK\r\n\r\n",
        "version": b"HTTP/3.0 200 OK\r\n\r\n",
        "large": OK + b"A: " + b"x" * 70_000 + b"\r\n\r\n",
        "many": OK + many + b"\r\n",
        "interim": b"HTTP/1.1 102 Processing\r\n\r\n" * 20,
        "switch": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "garbage": b"\x16\x03\x01\0\0\r\n\r\n",
        "size": OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n",
    }
    async with serving(**lies, good=sized(b"fine")) as (server, ask):
        for name in lies:
            result = await ask(name)
            equal((name, result.get("error"), result.get("code")), (name, "fetch failed", "ERR_HTTP_PARSE"))
            # The next one is none the worse.
            equal((await ask("good"))["body"], "fine")


async def a_response_that_was_not_asked_for_answers_nobody():
    async with serving(two=sized(b"mine") + sized(b"not mine"), other=sized(b"other")) as (server, ask):
        equal((await ask("two"))["body"], "mine")
        equal((await ask("other"))["body"], "other")
        equal(server.connections, 2)


async def bodies_end_in_all_ways():
    async def to_the_end(_, writer):
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nto the end")
        await writer.drain()
        return False

    async def drips(_, writer):
        for byte in chunked(b"hello", b" world", end=b"0;a=b\r\nX-Sum: 1\r\n\r\n"):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        return True

    interim = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + sized(b"final")
    async with serving(end=to_the_end, drips=drips, interim=interim) as (_, ask):
        equal((await ask("end"))["body"], "to the end")
        equal((await ask("drips"))["body"], "hello world")
        equal((await ask("interim"))["body"], "final")


async def a_connection_that_went_stale_is_replaced():
    async def once(_, writer):
        writer.write(sized(b"once"))
        await writer.drain()
        return False

    async with serving(once=once) as (server, ask):
        equal((await ask("once"))["body"], "once")
        equal((await ask("once"))["body"], "once")
        equal((await ask("once", {"method": "POST", "body": "x"}))["body"], "once")
        equal(server.connections, 3)


async def a_body_goes_up_in_chunks():
    received = []

    async def takes(reader, writer):
        while True:
            size = int(await reader.readline(), 16)
            received.append(await reader.readexactly(size))
            await reader.readline()
            if size == 0:
                break
        writer.write(sized(b"taken"))
        await writer.drain()
        return True

    async with serving(takes=takes) as (server, ask):
        init = {"method": "POST", "duplex": "half", "chunks": ["one", "two", ""]}
        equal((await ask("takes", init))["body"], "taken")
        equal(b"".join(received), b"onetwo")
        assert "transfer-encoding: chunked" in server.heads[0].lower()


async def who_does_not_read_holds_the_server_back():
    size = 32 << 20
    sent = 0

    async def floods(_, writer):
        nonlocal sent
        writer.write(OK + b"Content-Length: %d\r\n\r\n" % size)
        while sent < size:
            writer.write(b"x" * 65536)
            await writer.drain()
            sent += 65536
        return True

    async with serving(floods=floods) as (server, ask):
        equal((await ask("floods", use="hold"))["status"], 200)
        before = -1
        while before != sent:
            before = sent
            await asyncio.sleep(0.2)
        # The kernel's buffers, and krandog's.
        assert sent < 24 << 20, sent
        await server.process.say("read")
        equal(json.loads(await server.process.line(60)), size)


async def what_is_cancelled_frees_its_socket():
    async def endless(_, writer):
        writer.write(OK + b"Content-Length: 1000000000\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(endless=endless) as (server, ask):
        await ask("endless", use="cancel")
        await asyncio.wait_for(server.ended.wait(), 10)
        server.ended.clear()
        result = await ask("endless", {"timeouts": {"body": 1000}}, use="hold")
        equal(result["status"], 200)


async def a_program_ends_with_a_body_that_nobody_reads():
    async def endless(_, writer):
        writer.write(OK + b"Content-Length: 1000000000\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(endless=endless) as (server, _):
        program = f"console.log((await fetch('{server.url}/endless')).status)"
        async with krandog("-e", program, http_proxy="", all_proxy="") as process:
            equal(await process.line(), "200")
            equal(await process.wait(20), 0)


async def a_proxy_is_asked_for_the_url():
    async def proxy(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        writer.write(sized(head.encode()))
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with serving() as (server, ask):
        init = {"proxy": f"http://user:secret@127.0.0.1:{port}"}
        await server.process.say(json.dumps(["http://a.example/b?c", init]))
        head = json.loads(await server.process.line())["body"]
        assert head.startswith("GET http://a.example/b?c HTTP/1.1\r\n"), head
        assert "host: a.example\r\n" in head.lower(), head
        assert "proxy-authorization: basic dxnlcjpzzwnyzxq=" in head.lower(), head
    listening.close()


run(
    contents_that_are_coded_are_decoded,
    what_is_cut_off_is_an_error,
    what_is_no_response_is_refused,
    a_response_that_was_not_asked_for_answers_nobody,
    bodies_end_in_all_ways,
    a_connection_that_went_stale_is_replaced,
    a_body_goes_up_in_chunks,
    who_does_not_read_holds_the_server_back,
    what_is_cancelled_frees_its_socket,
    a_program_ends_with_a_body_that_nobody_reads,
    a_proxy_is_asked_for_the_url,
)
