"""Bodies that come and go bit by bit: framing, backpressure, and either side that goes meanwhile."""

import asyncio
import gzip
import http.client
import json
import shutil
import socket
import subprocess
import zlib

from peer import equal, eventually, get_json, run


class Peer:
    """A connection that reads when told to."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, data):
        self.writer.write(data if isinstance(data, bytes) else data.encode("latin-1"))
        await self.writer.drain()

    async def head(self):
        async with asyncio.timeout(10):
            return (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")

    async def until(self, end):
        async with asyncio.timeout(10):
            return await self.reader.readuntil(end)

    async def rest(self):
        """What still comes, and how it ends."""
        data = b""
        try:
            async with asyncio.timeout(10):
                while piece := await self.reader.read(65536):
                    data += piece
        except ConnectionResetError:
            return data, "reset"
        return data, "end"

    def gone(self):
        self.writer.transport.abort()


async def connect(port, **options):
    return Peer(*await asyncio.open_connection("127.0.0.1", port, **options))


def request(target, *fields, method="GET", version="1.1"):
    return "\r\n".join([f"{method} {target} HTTP/{version}", "Host: a", *fields]) + "\r\n\r\n"


async def ask(port, target, *fields, method="GET", version="1.1", body=b""):
    """The head and the raw rest of a reply after which the connection closes."""
    peer = await connect(port)
    await peer.send(request(target, "Connection: close", *fields, method=method, version=version).encode() + body)
    head = await peer.head()
    data, end = await peer.rest()
    return head, data, end


def plain(port, target, method="GET", body=None, **fields):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, target, body, {name.replace("_", "-"): it for name, it in fields.items()})
    response = connection.getresponse()
    return response.status, response.headers, response.read()


async def said(port, *expected):
    """Waits until the server has said all of this."""
    heard = []

    async def look():
        heard.extend(await get_json(port, "/said"))
        return all(word in heard for word in expected)

    try:
        await eventually(look)
    except AssertionError:
        raise AssertionError(f"{heard} is not {expected}") from None


async def what_is_yielded_goes_in_chunks(port):
    head, data, _ = await ask(port, "/words")
    assert "\r\nTransfer-Encoding: chunked\r\n" in head and "Content-Length" not in head, head
    assert "\r\nContent-Type: text/plain; charset=utf-8\r\n" in head, head
    equal(data, b"4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n")
    for target, kind, body in [
        ("/typed", "text/html; charset=utf-8", b"<p>hi"), ("/bytes", "application/octet-stream", b"abc"),
        ("/nothing", None, b""), ("/empty-chunks", "text/plain; charset=utf-8", b"ab"),
        ("/sync", "text/plain; charset=utf-8", b"ab"), ("/stream", "application/octet-stream", b"abc"),
        ("/response", "text/x-own", b"streamed"), ("/around", "text/plain; charset=utf-8", b"inside"),
    ]:
        status, headers, data = plain(port, target)
        equal((target, headers["Content-Type"], data), (target, kind, body))
    equal(plain(port, "/typed")[0], 201)
    equal(plain(port, "/response")[0], 202)
    equal(plain(port, "/around")[1]["x-around"], "yes")


async def a_connection_goes_on_after_a_stream(port):
    peer = await connect(port)
    await peer.send(request("/words") * 3 + request("/sized"))
    for _ in range(3):
        await peer.head()
        await peer.until(b"0\r\n\r\n")
    assert "\r\nContent-Length: 6\r\n" in await peer.head()
    equal(await peer.until(b"f"), b"abcdef")


async def older_clients_get_it_until_the_end(port):
    head, data, end = await ask(port, "/words", version="1.0")
    assert "Transfer-Encoding" not in head and "\r\nConnection: close\r\n" in head, head
    equal((data, end), (b"one two three", "end"))
    # They would not know that something is missing.
    try:
        _, _, end = await ask(port, "/fails-later", version="1.0")
    except ConnectionResetError:
        end = "reset"
    equal(end, "reset")


async def head_has_no_body(port):
    for target in ["/words", "/typed", "/sized", "/endless-stream"]:
        peer = await connect(port)
        await peer.send(request(target, method="HEAD") + request("/sync"))
        await peer.head()
        assert (await peer.head()).startswith("HTTP/1.1 200 OK\r\n"), target
        equal(await peer.until(b"0\r\n\r\n"), b"1\r\na\r\n1\r\nb\r\n0\r\n\r\n")
    head, data, _ = await ask(port, "/no-content")
    assert "chunked" not in head and data == b"", (head, data)


async def what_fails_is_cut_off(port):
    for target, status, body in [
        ("/fails-first", 500, b"internal server error\n"), ("/client-fault", 409, b"not like this\n"),
    ]:
        equal(plain(port, target)[::2], (status, body))
    for target in ["/fails-later", "/wrong-chunk"]:
        head, data, _ = await ask(port, target)
        equal(data, b"4\r\nsome\r\n")
    for target in ["/too-long", "/too-short"]:
        _, data, _ = await ask(port, target)
        assert data in (b"abc", b"abcdef"), data


async def a_peer_that_goes_ends_the_source(port):
    for target, word in [("/endless", "endless ended true"), ("/endless-stream", "stream cancelled")]:
        peer = await connect(port)
        await peer.send(request(target))
        await peer.head()
        await peer.until(b"x\r\n")
        peer.gone()
        await said(port, word)


async def a_signal_is_aborted_when_the_peer_goes(port):
    peer = await connect(port)
    await peer.send(request("/waits"))
    await asyncio.sleep(0.05)
    peer.gone()
    await said(port, "waited ECONNRESET")
    equal(plain(port, "/signal-later")[2], b"now")
    await said(port, "after the reply false true")


async def a_source_waits_for_its_reader(port):
    before = int(plain(port, "/produced")[2])
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    sock.connect(("127.0.0.1", port))
    sock.sendall(request("/flood").encode())
    sock.recv(1000)
    produced = []

    async def is_still():
        produced.append(int(plain(port, "/produced")[2]))
        await asyncio.sleep(0.1)
        return len(produced) > 2 and produced[-1] == produced[-3]

    await eventually(is_still, 20)
    # What the kernel takes, and little more.
    assert produced[-1] - before < 16 << 20, produced
    sock.close()


async def events_are_events(port):
    peer = await connect(port)
    await peer.send(request("/events", "Last-Event-ID: 41"))
    head = await peer.head()
    for field in ["content-type: text/event-stream", "cache-control: no-cache", "x-accel-buffering: no"]:
        assert f"\r\n{field}\r\n" in head, head
    text = (await peer.until(b"id: 43")).decode()
    assert 'retry: 100\n\n' in text, text
    assert 'event: count\nid: 42\ndata: {"id":42,"lines":"a\\nb"}\n\n' in text, text
    peer.gone()
    await said(port, "events ended true")
    peer = await connect(port)
    await peer.send(request("/quiet"))
    await peer.head()
    equal(await peer.until(b"3\r\n:\n\n\r\n3\r\n:\n\n\r\n"), b"3\r\n:\n\n\r\n3\r\n:\n\n\r\n")
    # The end of its side is the end of such a client.
    peer.writer.write_eof()
    equal((await peer.rest())[1], "end")
    await said(port, "quiet ended")


async def bodies_are_read_as_they_come(port):
    data = bytes(range(256)) * 4096
    for target in ["/count", "/slow-count"]:
        equal(plain(port, target, "POST", data)[2], b"1048576")
        equal(plain(port, target, "POST", iter([data[:100], data[100:]]))[2], b"1048576")
    equal(plain(port, "/echo", "POST", data)[2] == data, True)
    equal(plain(port, "/text", "POST", b"a" * 99_999)[2], b"99999")
    # Whatever is held as a whole has its limit.
    equal(plain(port, "/text", "POST", b"a" * 100_001)[0], 413)
    equal(plain(port, "/sync-body", "POST", b"a")[0], 500)
    equal(plain(port, "/whole", "POST", b"abc")[2], b"abc abc 3")
    equal(plain(port, "/whole", "POST", b"a" * 100_001)[0], 413)


async def a_body_and_its_reply_share_a_connection(port):
    size = 1 << 20
    peer = await connect(port)
    lengths = [request("/swell", "Connection: close", f"Content-Length: {size}", method="POST").encode(), bytes(size)]
    _, (_, end) = await asyncio.gather(peer.send(b"".join(lengths)), swollen(peer, 8 * size))
    equal(end, "end")


async def swollen(peer, size):
    """The reply to `/swell`, of which so many bytes are expected at least."""
    data, end = await peer.rest()
    assert len(data) > size, len(data)
    return data, end


async def forms_are_read(port):
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    equal(json.loads(plain(port, "/form", "POST", b"a=1&b=%C3%BC", **form)[2]), [["a", "1"], ["b", "ü"]])
    equal(json.loads(plain(port, "/whole-form", "POST", b"a=1", **form)[2]), {"a": "1"})
    equal(plain(port, "/form", "POST", b"a", Content_Type="text/plain")[0], 415)


async def a_body_is_waited_for_when_it_is_wanted(port):
    peer = await connect(port)
    await peer.send(request("/later", "Content-Length: 3", "Expect: 100-continue", method="POST"))
    started = asyncio.get_running_loop().time()
    assert (await peer.head()).startswith("HTTP/1.1 100 ")
    assert asyncio.get_running_loop().time() - started > 0.1
    await peer.send("abc")
    assert (await peer.head()).startswith("HTTP/1.1 200 ")
    equal(await peer.until(b"c"), b"abc")
    # Who does not want it says so instead, and who has begun already is not told.
    peer = await connect(port)
    await peer.send(request("/refuses", "Content-Length: 300000", "Expect: 100-continue", method="POST"))
    head = await peer.head()
    assert head.startswith("HTTP/1.1 403 ") and "\r\nConnection: close\r\n" in head, head
    peer = await connect(port)
    await peer.send(request("/text", "Content-Length: 3", "Expect: 100-continue", method="POST") + "abc")
    assert (await peer.head()).startswith("HTTP/1.1 200 ")
    head, _, _ = await ask(port, "/text", "Content-Length: 3", "Expect: tea", method="POST", body=b"abc")
    assert head.startswith("HTTP/1.1 417 "), head


async def an_upload_that_stops_is_given_up(port):
    peer = await connect(port)
    await peer.send(request("/fails", "Content-Length: 300000", method="POST") + "abc")
    head = await peer.head()
    assert head.startswith("HTTP/1.1 408 "), head
    await said(port, "upload ECONNRESET")
    for end in ["gone", "half"]:
        peer = await connect(port)
        await peer.send(request("/fails", "Transfer-Encoding: chunked", method="POST") + "3\r\nabc\r\n")
        await said(port, "chunk 3")
        peer.gone() if end == "gone" else peer.writer.write_eof()
        await said(port, "upload ECONNRESET")
    peer = await connect(port)
    await peer.send(request("/fails", "Transfer-Encoding: chunked", method="POST") + "3\r\nabc\r\nzz")
    head = await peer.head()
    assert head.startswith("HTTP/1.1 400 "), head
    await said(port, "upload ECONNRESET")


async def replies_are_compressed_for_who_takes_it(port):
    expected = b"<p>text</p>" * 1000
    status, headers, body = plain(port, "/html", Accept_Encoding="gzip")
    equal((headers["Content-Encoding"], headers["Vary"], headers["ETag"]), ("gzip", "Accept-Encoding", 'W/"a"'))
    equal((gzip.decompress(body) == expected, len(body) < 1000), (True, True))
    _, headers, body = plain(port, "/html", Accept_Encoding="br;q=1, gzip;q=0.5")
    equal(headers["Content-Encoding"], "br")
    for accepted in ["identity", "gzip;q=0", "deflate"]:
        _, headers, body = plain(port, "/html", Accept_Encoding=accepted)
        equal((headers["Content-Encoding"], headers["Vary"], body == expected), (None, "Accept-Encoding", True))
    for target in ["/short", "/png", "/coded"]:
        _, headers, _ = plain(port, target, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] in (None, "x"), target
    # What comes bit by bit can be read bit by bit.
    peer = await connect(port)
    await peer.send(request("/text-stream", "Accept-Encoding: gzip"))
    assert "\r\nContent-Encoding: gzip\r\n" in await peer.head()
    decoder, pieces = zlib.decompressobj(31), []
    while size := int(await peer.until(b"\r\n"), 16):
        pieces.append(decoder.decompress((await peer.reader.readexactly(size + 2))[:-2]))
    equal([piece for piece in pieces if piece], [b"first ", b"second ", b"third"])
    peer = await connect(port)
    await peer.send(request("/events", "Accept-Encoding: gzip"))
    await peer.head()
    decoder, text = zlib.decompressobj(31), b""
    while b"id: 3" not in text:
        size = int(await peer.until(b"\r\n"), 16)
        text += decoder.decompress((await peer.reader.readexactly(size + 2))[:-2])
    peer.gone()


async def curl_takes_part(port):
    if not shutil.which("curl"):
        return
    url = f"http://127.0.0.1:{port}"

    def curl(*arguments, **options):
        return subprocess.run(["curl", "-sS", "-m", "20", *arguments], capture_output=True, check=True, **options).stdout

    equal(curl("--compressed", f"{url}/html"), b"<p>text</p>" * 1000)
    equal(curl("-T", "-", "-X", "POST", f"{url}/count", input=b"a" * 3_000_000), b"3000000")
    equal(curl("--data-binary", "@-", "-H", "Expect: 100-continue", f"{url}/count", input=b"a" * 2_000_000), b"2000000")
    equal(json.loads(curl("-F", "a=1", "-F", "f=@-;filename=x.txt", f"{url}/form", input=b"text")), [["a", "1"], ["f", "x.txt"]])


async def a_server_that_closes_ends_events(port):
    peer = await connect(port)
    await peer.send(request("/events"))
    await peer.head()
    await peer.until(b"id: 2")
    equal(plain(port, "/close")[2], b"closing")
    data, end = await peer.rest()
    equal((data.endswith(b"0\r\n\r\n"), end), (True, "end"))


run(
    what_is_yielded_goes_in_chunks,
    a_connection_goes_on_after_a_stream,
    older_clients_get_it_until_the_end,
    head_has_no_body,
    what_fails_is_cut_off,
    a_peer_that_goes_ends_the_source,
    a_signal_is_aborted_when_the_peer_goes,
    a_source_waits_for_its_reader,
    events_are_events,
    bodies_are_read_as_they_come,
    a_body_and_its_reply_share_a_connection,
    forms_are_read,
    a_body_is_waited_for_when_it_is_wanted,
    an_upload_that_stops_is_given_up,
    replies_are_compressed_for_who_takes_it,
    curl_takes_part,
    a_server_that_closes_ends_events,
    serving="interop/bodies.js",
)
