"""HTTP/1.1 by the byte: what the server answers to requests that no client library would send."""

import asyncio
import json
import re

from peer import equal, get, run


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Connection:
    """A socket that sends bytes and reads replies."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, text):
        self.writer.write(text.encode("latin-1"))
        await self.writer.drain()

    async def reply(self, method="GET"):
        async with asyncio.timeout(10):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status_line, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {}
            for line in lines:
                name, _, value = line.partition(":")
                headers.setdefault(name.lower(), []).append(value.strip())
            status = int(status_line.split()[1])
            bodiless = method == "HEAD" or status in (204, 304) or status < 200
            length = 0 if bodiless else int(headers.get("content-length", ["0"])[0])
            body = await self.reader.readexactly(length)
        return Reply(status, headers, body)

    async def is_over(self):
        async with asyncio.timeout(10):
            try:
                return await self.reader.read(1) == b""
            except ConnectionResetError:
                return True


async def connect(port):
    return Connection(*await asyncio.open_connection("127.0.0.1", port))


async def ask(port, text, method="GET"):
    connection = await connect(port)
    await connection.send(text)
    return await connection.reply(method)


def request(target, *fields, method="GET", body=""):
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *fields]
    return "\r\n".join(lines) + "\r\n\r\n" + body


async def pipelined_answers_keep_the_order_of_their_requests(port):
    connection = await connect(port)
    waits = [120, 5, 60, 1]
    targets = [f"/late?ms={wait}" for wait in waits]
    await connection.send("".join(map(request, [*targets, "/now"])))
    bodies = [(await connection.reply()).body.decode() for _ in range(5)]
    equal(bodies, ["120", "5", "60", "1", "now"])


async def a_hundred_pipelined_requests_are_answered(port):
    connection = await connect(port)
    await connection.send(request("/now") * 100)
    for _ in range(100):
        equal((await connection.reply()).body, b"now")


async def a_connection_stays_open_until_asked_otherwise(port):
    connection = await connect(port)
    for _ in range(3):
        await connection.send(request("/now"))
        equal((await connection.reply()).status, 200)
    await connection.send(request("/now", "Connection: close"))
    reply = await connection.reply()
    equal(reply.headers["connection"], ["close"])
    assert await connection.is_over()


async def http_1_0_closes_after_one_reply(port):
    connection = await connect(port)
    await connection.send("GET /now HTTP/1.0\r\n\r\n")
    equal((await connection.reply()).body, b"now")
    assert await connection.is_over()


async def head_has_the_length_but_no_body(port):
    connection = await connect(port)
    await connection.send(request("/now", method="HEAD") + request("/now"))
    reply = await connection.reply("HEAD")
    equal(reply.headers["content-length"], ["3"])
    equal((await connection.reply()).body, b"now")


async def a_handler_sees_the_request(port):
    fields = ["X-One: 1", "X-Two: a", "X-TWO: b", "Cookie: a=1", "Cookie: b=2"]
    reply = await ask(port, request("/request?a=1", *fields, method="PATCH"))
    equal(
        json.loads(reply.body),
        {
            "type": "http",
            "method": "PATCH",
            "url": "/request?a=1",
            "pathname": "/request",
            "query": {"a": "1"},
            "headers": {
                "host": "localhost",
                "x-one": "1",
                "x-two": "a, b",
                "cookie": "a=1; b=2",
            },
            "body": "",
            "remoteAddress": "127.0.0.1",
            "httpVersion": "1.1",
        },
    )


async def the_host_of_an_absolute_target_counts(port):
    for scheme in ["http", "https", "HTTP"]:
        target = f"{scheme}://example.com:8080/request?a=1"
        seen = json.loads((await ask(port, request(target, "X-One: 1"))).body)
        equal(seen["headers"], {"host": "example.com:8080", "x-one": "1"})
        equal((seen["url"], seen["pathname"]), ("/request?a=1", "/request"))
        equal(seen["query"], {"a": "1"})
    reply = await ask(port, "GET http://example.com/request HTTP/1.0\r\n\r\n")
    equal(json.loads(reply.body)["headers"], {"host": "example.com"})


async def a_query_is_decoded(port):
    reply = await ask(port, request("/query?a=1&b=x+y%20z&a=2&c&%C3%BC=%F0%9F%A6%9D&__proto__=p"))
    equal(
        json.loads(reply.body),
        {"a": ["1", "2"], "b": "x y z", "c": "", "ü": "🦝", "__proto__": "p"},
    )


async def json_is_parsed_when_asked_for(port):
    body = '{"a": [1, "x"]}'
    fields = [f"Content-Length: {len(body)}"]
    reply = await ask(port, request("/json", *fields, method="POST", body=body))
    equal(json.loads(reply.body), {"got": {"a": [1, "x"]}})
    # Whose fault it is, the status says.
    reply = await ask(port, request("/json", "Content-Length: 1", method="POST", body="{"))
    equal(reply.status, 400)


async def every_kind_of_reply(port):
    text, octets = "text/plain; charset=utf-8", "application/octet-stream"
    expected = {
        "string": (200, text, "grün".encode()),
        "buffer": (200, octets, b"\x01\x02"),
        "view": (200, octets, b"\x01\x02"),
        "blob": (200, "text/html", b"<p>"),
        "shaped": (201, "a/b", b"made"),
        "pairs": (200, text, b"pairs"),
        "map": (200, text, b"map"),
        "html": (200, "text/html; charset=utf-8", b"<p>"),
        "json": (200, "application/json; charset=utf-8", '{"a":[1,null,"ü"]}'.encode()),
        "nothing": (200, None, b""),
        # Data is returned as { json: value }: a number alone is probably a mistake.
        "number": (500, text, b"internal server error\n"),
    }
    for kind, answer in expected.items():
        reply = await ask(port, request(f"/types?kind={kind}"))
        (content_type,) = reply.headers.get("content-type", [None])
        equal((kind, reply.status, content_type, reply.body), (kind, *answer))
    equal((await ask(port, request("/types?kind=pairs"))).headers["x-a"], ["1", "2"])
    for kind in ["status", "object"]:
        equal((await ask(port, request(f"/types?kind={kind}"))).status, 500)


async def bodies_arrive_by_length_and_in_chunks(port):
    fields = ["Content-Length: 5"]
    reply = await ask(port, request("/echo", *fields, method="POST", body="hello"))
    equal(json.loads(reply.body)["body"], "hello")
    chunks = '5\r\nhello\r\n7; name = "a;b"; last\r\n, world\r\n0\r\nTrailer: x\r\n\r\n'
    fields = ["Transfer-Encoding: chunked"]
    reply = await ask(port, request("/echo", *fields, method="POST", body=chunks))
    equal(json.loads(reply.body)["body"], "hello, world")


async def a_body_is_waited_for_when_announced(port):
    connection = await connect(port)
    await connection.send(
        request("/echo", "Content-Length: 5", "Expect: 100-continue", method="POST")
    )
    equal((await connection.reply()).status, 100)
    await connection.send("hello")
    equal(json.loads((await connection.reply()).body)["body"], "hello")


async def a_request_may_come_one_byte_at_a_time(port):
    connection = await connect(port)
    for byte in request("/echo", "Content-Length: 2", method="POST", body="hi"):
        await connection.send(byte)
        await asyncio.sleep(0)
    equal(json.loads((await connection.reply()).body)["body"], "hi")


async def replies_are_framed_by_their_status(port):
    connection = await connect(port)
    await connection.send("".join(map(request, ["/empty", "/unchanged", "/bytes", "/now"])))
    empty = await connection.reply()
    equal((empty.status, "content-length" in empty.headers), (204, False))
    unchanged = await connection.reply()
    equal((unchanged.status, unchanged.headers["etag"]), (304, ['"1"']))
    equal((await connection.reply()).body, b"\x00\x01\x00\xff")
    equal((await connection.reply()).body, b"now")


async def every_reply_has_a_date(port):
    reply = await ask(port, request("/now"))
    (date,) = reply.headers["date"]
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", date), date


async def repeated_fields_stay_apart(port):
    reply = await ask(port, request("/cookies"))
    equal(reply.headers["set-cookie"], ["a=1", "b=2"])


async def a_field_may_have_a_number_for_its_name(port):
    reply = await ask(port, request("/numbered"))
    equal(reply.headers["5"], ["five"])


async def a_reply_cannot_be_split(port):
    reply = await ask(port, request("/split"))
    equal((reply.status, "x-injected" in reply.headers), (500, False))


async def a_handler_that_fails_is_500_and_tells_nothing(port):
    connection = await connect(port)
    for target in ["/throw", "/reject"]:
        await connection.send(request(target))
        reply = await connection.reply()
        equal(reply.status, 500)
        assert b"asked for" not in reply.body, reply.body
        if reply.headers.get("connection") == ["close"]:
            connection = await connect(port)
    equal((await get(port, "/now"))[0], 200)


async def what_no_handler_answers_is_404(port):
    equal((await ask(port, request("/nowhere"))).status, 404)


async def malformed_requests_are_refused_and_hurt_nobody(port):
    chunked = "Transfer-Encoding: chunked"
    refused = [
        (400, "GET / HTTP/1.1\r\n\r\n"),
        (400, "hello\r\n\r\n"),
        (400, "\x00\x01\x02\xff\r\n\r\n"),
        (400, request("/", "Host: other")),
        (400, request("ftp://localhost/")),
        (400, request("http://user@localhost/")),
        (400, request("http://localhost:port/")),
        (400, "GET http://localhost/ HTTP/1.1\r\n\r\n"),
        (400, request("/", "Bad Name: x")),
        (400, request("/", "X: a\x00b")),
        (400, request("/", "Content-Length: 1", "Content-Length: 2", method="POST", body="xx")),
        (400, request("/", "Content-Length: -1", method="POST")),
        (400, request("/", "Content-Length: 1", chunked, method="POST", body="0\r\n\r\n")),
        (400, request("/", chunked, method="POST", body="zz\r\n")),
        (400, request("/", chunked, method="POST", body="5;\r\nhello\r\n0\r\n\r\n")),
        (400, request("/", chunked, method="POST", body="5;a=\r\nhello\r\n0\r\n\r\n")),
        (400, "GET / HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n"),
        (413, request("/echo", "Content-Length: 99999999999", method="POST")),
        (431, request("/", "X: " + "a" * 20000)),
        (431, request("/", *[f"X-{number}: 1" for number in range(101)])),
        (505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
    ]
    bystander = await connect(port)
    for status, text in refused:
        connection = await connect(port)
        await connection.send(text)
        reply = await connection.reply()
        if reply.status != status:
            raise AssertionError(f"{text[:80]!r}: {reply.status} is not {status}")
        assert reply.body.strip(), f"{text[:80]!r}: the body does not say why"
        assert reply.headers.get("date"), f"{text[:80]!r}: the refusal has no date"
        assert await connection.is_over(), text[:80]
    await bystander.send(request("/now"))
    equal((await bystander.reply()).body, b"now")


async def peers_that_vanish_are_no_matter(port):
    for text in ["", "GET", request("/late?ms=30"), request("/late?ms=30") * 5]:
        connection = await connect(port)
        await connection.send(text)
        connection.writer.transport.abort()
    await asyncio.sleep(0.1)
    equal((await get(port, "/now"))[0], 200)


run(
    pipelined_answers_keep_the_order_of_their_requests,
    a_hundred_pipelined_requests_are_answered,
    a_connection_stays_open_until_asked_otherwise,
    http_1_0_closes_after_one_reply,
    head_has_the_length_but_no_body,
    a_handler_sees_the_request,
    the_host_of_an_absolute_target_counts,
    a_query_is_decoded,
    json_is_parsed_when_asked_for,
    every_kind_of_reply,
    bodies_arrive_by_length_and_in_chunks,
    a_body_is_waited_for_when_announced,
    a_request_may_come_one_byte_at_a_time,
    replies_are_framed_by_their_status,
    every_reply_has_a_date,
    repeated_fields_stay_apart,
    a_field_may_have_a_number_for_its_name,
    a_reply_cannot_be_split,
    a_handler_that_fails_is_500_and_tells_nothing,
    what_no_handler_answers_is_404,
    malformed_requests_are_refused_and_hurt_nobody,
    peers_that_vanish_are_no_matter,
    serving="interop/http-raw.js",
)
