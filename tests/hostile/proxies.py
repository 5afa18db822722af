"""Proxies that mean harm, or are none: krandog's client says what is wrong, soon, and does not hang."""

import asyncio
import base64
import hashlib
import json

from peer import equal, krandog, run

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
HTTP_OK = b"HTTP/1.1 200 Connection established\r\n\r\n"
SOCKS_OK = [b"\x05\x00", b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50"]


async def result_of(scheme, talk, url="ws://host.example/", timeout=10_000):
    """What came of a client whose proxy is `talk(reader, writer)`."""

    async def handle(reader, writer):
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        proxy = f"{scheme}://user:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}"
        options = json.dumps({"proxy": proxy, "handshakeTimeout": timeout})
        async with krandog("interop/proxied.js", url, options) as client:
            result = json.loads(await client.line())
            equal(await client.wait(), 0)
    assert "secret" not in json.dumps(result), result
    return result


def says(*answers, then=None):
    """A proxy that gives one answer to each thing it hears, and ends, or goes on as `then`."""

    async def talk(reader, writer):
        for answer in answers:
            assert await reader.read(4096)
            writer.write(answer)
            await writer.drain()
        if then:
            await then(reader, writer)

    return talk


async def for_ever(reader, writer):
    while await reader.read(4096):
        pass


async def truncated_replies_are_told():
    for answers in [[], [b"H"], [b"HTTP/1.1 200 OK\r\n"], [b"HTTP/1.1 200 OK\r\nA: b\r\n"]]:
        equal((await result_of("http", says(*answers)))["code"], "ECONNRESET")
    for answers in [[], [b"\x05"], [b"\x05\x02", b"\x01"], [SOCKS_OK[0], b"\x05\x00\x00\x01\x7f"]]:
        equal((await result_of("socks5", says(*answers)))["code"], "ECONNRESET")


async def what_is_no_proxy_is_told():
    for answer in [b"SSH-2.0-x\r\n\r\n", b"\x05\x00\r\n\r\n", b"HTTP/2 200\r\n\r\n", b"\x00" * 64]:
        result = await result_of("http", says(answer))
        equal(result["code"], "PROXY_PROTOCOL")
    for answers in [[b"HTTP/1.1 400 Bad Request\r\n\r\n"], [b"\x04\x00"], [b"\x05\x07"]]:
        equal((await result_of("socks5", says(*answers)))["code"], "PROXY_PROTOCOL")
    equal((await result_of("socks5", says(b"\x05\xff")))["code"], "PROXY_AUTH")
    equal((await result_of("socks5", says(SOCKS_OK[0], b"\x05\x02")))["code"], "PROXY_DENIED")
    equal(
        (await result_of("socks5", says(SOCKS_OK[0], b"\x05\x00\x00\x09")))["code"],
        "PROXY_PROTOCOL",
    )


async def headers_without_end_are_cut_off():
    async def flood(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"a: b\r\n" * 1000)
            await writer.drain()

    result = await result_of("http", flood)
    equal(result["code"], "PROXY_PROTOCOL")

    async def interim(reader, writer):
        while True:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()

    equal((await result_of("http", interim))["code"], "PROXY_PROTOCOL")


async def a_body_without_end_is_cut_off():
    async def flood(reader, writer):
        writer.write(b"HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic\r\n\r\n")
        while True:
            writer.write(b"why\x1b[2J " * 10_000)
            await writer.drain()

    result = await result_of("http", flood)
    equal([result["code"], result["status"], len(result["body"])], ["PROXY_407", 407, 4096])
    equal(result["headers"]["proxy-authenticate"], "Basic")
    assert "\x1b" not in result["message"], result


async def silence_ends_with_the_handshake_timeout():
    for scheme in ["http", "socks5"]:
        result = await result_of(scheme, for_ever, timeout=200)
        equal(result["code"], "ETIMEDOUT")
        assert "the proxy" in result["message"], result
    # A refusal whose body never ends is told as far as it has come.
    talk = says(b"HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nwhy", then=for_ever)
    result = await result_of("http", talk, timeout=200)
    equal([result["code"], result["body"]], ["PROXY_403", "why"])


async def a_101_is_no_tunnel():
    talk = says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", then=for_ever)
    equal((await result_of("http", talk))["code"], "PROXY_101")


def accept(head):
    """The 101 for a request."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"sec-websocket-key":
            key = base64.b64encode(hashlib.sha1(value.strip() + GUID).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + key + b"\r\n\r\n"
    )


async def a_reply_in_pieces_with_the_tunnel_behind_it_is_taken_apart():
    async def http(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        # A server that is overloaded may refuse before it was asked.
        writer.write(HTTP_OK + b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy")
        await for_ever(reader, writer)

    result = await result_of("http", http)
    equal([result["code"], result["body"]], ["HTTP_503", "busy"])

    async def socks(reader, writer):
        # The greeting, then the request for host.example:80, by the byte.
        for count, answer in zip([4, 19], SOCKS_OK):
            await reader.readexactly(count)
            for byte in answer:
                writer.write(bytes([byte]))
                await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        # The 101, a message and a Close in one piece.
        writer.write(accept(head) + b"\x81\x05hello\x88\x02\x03\xe8")
        await for_ever(reader, writer)

    equal(await result_of("socks5", socks), {"data": "hello", "wasClean": True})


async def the_request_reaches_nobody_before_the_tunnel_is_there():
    heard = bytearray()

    async def talk(reader, writer):
        heard.extend(await reader.readuntil(b"\r\n\r\n"))
        try:
            heard.extend(await asyncio.wait_for(reader.read(4096), 0.2))
        except TimeoutError:
            writer.write(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()

    result = await result_of("http", talk, "ws://user:password@host.example:81/path")
    equal(result["code"], "PROXY_502")
    head = heard.decode()
    assert head.startswith("CONNECT host.example:81 HTTP/1.1\r\nHost: host.example:81\r\n"), head
    assert f"Proxy-Authorization: Basic {base64.b64encode(b'user:secret').decode()}" in head
    assert "path" not in head and "Sec-WebSocket" not in head, head


async def what_stands_before_tls_is_not_taken_for_it():
    for scheme, answers in [
        ("http", [HTTP_OK + b"HTTP/1.1 101 Switching Protocols\r\n\r\n"]),
        ("socks5", [SOCKS_OK[0], SOCKS_OK[1] + b"\x16\x03"]),
        ("socks5", [SOCKS_OK[0] + SOCKS_OK[1]]),
    ]:
        result = await result_of(scheme, says(*answers, then=for_ever), "wss://host.example/")
        equal(result["code"], "PROXY_PROTOCOL")
    # A proxy that ends instead of greeting in TLS, and one that speaks something else there.
    result = await result_of("http", says(HTTP_OK), "wss://host.example/")
    equal(result["code"], "ECONNRESET")
    talk = says(HTTP_OK, b"HTTP/1.1 400 Bad Request\r\n\r\n", then=for_ever)
    assert (await result_of("http", talk, "wss://host.example/"))["code"].startswith("ERR_SSL_")


run(
    truncated_replies_are_told,
    what_is_no_proxy_is_told,
    headers_without_end_are_cut_off,
    a_body_without_end_is_cut_off,
    silence_ends_with_the_handshake_timeout,
    a_101_is_no_tunnel,
    a_reply_in_pieces_with_the_tunnel_behind_it_is_taken_apart,
    the_request_reaches_nobody_before_the_tunnel_is_there,
    what_stands_before_tls_is_not_taken_for_it,
)
