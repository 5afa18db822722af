"""Servers that mean harm to those who connect: answers that are not what they seem."""

import asyncio
import base64
import hashlib
import json

from peer import equal, krandog, run

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def failure(answer):
    """How an outgoing WebSocket fails that is answered like this."""

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        key = head.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest())
        writer.write(answer.replace(b"ACCEPT", accept))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with krandog("hostile/client.js", str(port)) as process:
            error = json.loads(await process.line())
            equal(await process.line(), "1006")
            equal(await process.wait(), 0)
            return error


def switching(version):
    fields = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n"
    return b"HTTP/" + version + b" 101 Switching Protocols\r\n" + fields


def refusal(body, reason=b"Forbidden"):
    return b"HTTP/1.1 403 %s\r\nContent-Length: %d\r\n\r\n%s" % (reason, len(body), body)


async def a_101_of_http_1_0_opens_nothing():
    error = await failure(switching(b"1.0"))
    equal((error["code"], error["status"]), ("WS_HANDSHAKE", 101))
    assert "HTTP/1.0" in error["message"], error


async def control_characters_of_a_body_do_not_reach_a_terminal():
    hostile = "\x1b[2J\x1b]0;owned\x07\x00\x7f\x9b31m\u202ered\u2066\u200b\ufeff"
    error = await failure(refusal(f"no {hostile}entry\nsecond line".encode()))
    message = error["message"]
    assert message.isprintable() and message.isascii() is False, repr(message)
    assert "no " in message and "entry" in message and "second" not in message, repr(message)


async def of_a_long_body_only_the_beginning_is_told():
    error = await failure(refusal(b"x" * 4000, reason=b"y" * 4000))
    assert len(error["message"]) < 600, len(error["message"])
    assert error["message"].endswith("xxx…"), error["message"]


async def of_a_long_name_only_the_beginning_is_told():
    answer = switching(b"1.1")[:-2] + b"Sec-WebSocket-Protocol: " + b"z" * 4000 + b"\r\n\r\n"
    error = await failure(answer)
    equal(error["code"], "WS_HANDSHAKE")
    assert len(error["message"]) < 300, len(error["message"])


async def nobody_waits_for_the_body_of_a_redirect():
    """A server that redirects to itself, and never sends the body that it announces."""
    requests = []

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        requests.append(head.split(b" ")[1])
        fields = b"Location: /elsewhere\r\nContent-Length: 100\r\n\r\n"
        writer.write(b"HTTP/1.1 302 Found\r\n" + fields + b"never")
        # The peer leaves, long before the handshake would time out.
        equal(await asyncio.wait_for(reader.read(), 5), b"")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with krandog("hostile/client.js", str(port), '{"followRedirects": 2}') as process:
            error = json.loads(await process.line())
            equal((error["code"], error["status"]), ("ERR_REDIRECT", 302))
            equal(requests, [b"/", b"/elsewhere", b"/elsewhere"])


run(
    nobody_waits_for_the_body_of_a_redirect,
    a_101_of_http_1_0_opens_nothing,
    control_characters_of_a_body_do_not_reach_a_terminal,
    of_a_long_body_only_the_beginning_is_told,
    of_a_long_name_only_the_beginning_is_told,
)
