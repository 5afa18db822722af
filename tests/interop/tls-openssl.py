"""krandog's server, asked by OpenSSL for versions, ciphers and sessions, and by peers that do not do
what TLS asks of them. After each of them, a connection of somebody else still works."""

import asyncio
import contextlib
import json
import shutil
import socket
import ssl
import sys
import tempfile

from peer import CERTIFICATES, client_tls, equal, eventually, run
from websockets.asyncio.client import connect

if not shutil.which("openssl"):
    print("there is no openssl")
    sys.exit(77)


async def s_client(port, *options, say=b"GET / HTTP/1.0\r\nHost: a\r\n\r\n", reads="200 OK"):
    """What `openssl s_client` prints, and whether it could connect."""
    child = await asyncio.create_subprocess_exec(
        *["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", "localhost"],
        *["-CAfile", str(CERTIFICATES / "ca.pem"), "-verify_return_error", *options],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    child.stdin.write(say)
    # One that is refused may be gone before it has read that.
    with contextlib.suppress(ConnectionError):
        await child.stdin.drain()
    output = b""
    async with asyncio.timeout(10):
        while chunk := await child.stdout.read(4096):
            output += chunk
            if reads.encode() in output:
                child.stdin.close()
        code = await child.wait()
    return output.decode(errors="replace"), code == 0


async def still_works(port):
    async with connect(f"wss://localhost:{port}/", ssl=client_tls()) as websocket:
        await websocket.send("hello")
        equal(await websocket.recv(), "hello")


async def fetch(port, target):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=client_tls())
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    reply = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return reply.partition(b"\r\n\r\n")[2]


async def versions_1_2_and_1_3_are_spoken_and_no_others(port):
    weak = ["-cipher", "ALL:@SECLEVEL=0"]
    for option, spoken in [("-tls1_3", "TLSv1.3"), ("-tls1_2", "TLSv1.2")]:
        output, connected = await s_client(port, option)
        assert connected and f"New, {spoken}" in output, output
        assert "Verification: OK" in output and "200 OK" in output, output
    for option in ["-tls1_1", "-tls1"]:
        output, connected = await s_client(port, option, *weak, reads="no peer certificate")
        assert not connected and "alert handshake failure" in output, output
    await still_works(port)


async def every_cipher_suite_keeps_what_is_sent_from_others(port):
    names = ["AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"]
    for name in names:
        output, connected = await s_client(port, "-tls1_3", "-ciphersuites", f"TLS_{name}")
        assert connected and f"Cipher is TLS_{name}" in output, output
    for name in ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"]:
        cipher = f"ECDHE-ECDSA-{name}"
        output, connected = await s_client(port, "-tls1_2", "-cipher", cipher)
        assert connected and f"Cipher is {cipher}" in output, output
    for cipher in ["ECDHE-ECDSA-AES128-SHA", "AES128-SHA", "AES128-GCM-SHA256"]:
        cipher = f"{cipher}:@SECLEVEL=0"
        output, connected = await s_client(port, "-tls1_2", "-cipher", cipher, reads="no peer cert")
        assert not connected and "handshake failure" in output, output
    await still_works(port)


async def sessions_are_resumed(port):
    for version in ["-tls1_3", "-tls1_2"]:
        with tempfile.NamedTemporaryFile() as session:
            output, _ = await s_client(port, version, "-sess_out", session.name)
            assert "New, TLSv" in output, output
            output, _ = await s_client(port, version, "-sess_in", session.name)
            assert "Reused, TLSv" in output, output


async def http_1_1_is_agreed_on_and_nothing_else_is(port):
    output, connected = await s_client(port, "-alpn", "h2,http/1.1")
    assert connected and "ALPN protocol: http/1.1" in output, output
    output, connected = await s_client(port, "-alpn", "h2", reads="no peer certificate")
    assert not connected and "no application protocol" in output, output


async def a_renegotiation_is_refused(port):
    output, _ = await s_client(port, "-tls1_2", say=b"R\n", reads="no renegotiation")
    assert "no renegotiation" in output.lower(), output
    await still_works(port)


async def keys_may_be_changed_while_connected(port):
    output, connected = await s_client(
        port, "-tls1_3", say=b"K\n", reads="KEYUPDATE"
    )
    assert connected and "KEYUPDATE" in output, output
    await still_works(port)


async def a_handshake_that_never_ends_is_given_up(port):
    hello = client_hello()
    for beginning in [b"", hello[:1], hello[:40], hello]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(beginning)
        # The option handshakeTimeout is half a second.
        await asyncio.wait_for(reader.read(), 8)
        writer.close()
    await still_works(port)


def client_hello():
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        client_tls().wrap_bio(incoming, outgoing, server_hostname="localhost").do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


async def garbage_ends_its_own_connection_alone(port):
    hello = client_hello()
    for garbage in [b"\0" * 100, b"\x16\3\1\xff\xff" + b"x" * 70_000, hello[:60] + b"\xff" * 500]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(garbage)
        try:
            await asyncio.wait_for(reader.read(), 8)
        except ConnectionResetError:
            pass
        writer.close()
    await still_works(port)


async def a_connection_that_is_cut_off_is_told_from_one_that_ends(port):
    async def causes():
        return [one["cause"] for one in json.loads(await fetch(port, "/closed"))]

    before = await causes()
    websocket = await connect(f"wss://localhost:{port}/", ssl=client_tls())
    await websocket.send("hello")
    equal(await websocket.recv(), "hello")
    # The system ends it, and TLS is not asked.
    raw = websocket.transport.get_extra_info("socket")
    with socket.socket(fileno=socket.dup(raw.fileno())) as copy:
        copy.shutdown(socket.SHUT_WR)

    async def told():
        return len(await causes()) > len(before)

    await eventually(told)
    equal((await causes())[-1], "tls")
    websocket.transport.abort()


run(
    versions_1_2_and_1_3_are_spoken_and_no_others,
    every_cipher_suite_keeps_what_is_sent_from_others,
    sessions_are_resumed,
    http_1_1_is_agreed_on_and_nothing_else_is,
    a_renegotiation_is_refused,
    keys_may_be_changed_while_connected,
    a_handshake_that_never_ends_is_given_up,
    garbage_ends_its_own_connection_alone,
    a_connection_that_is_cut_off_is_told_from_one_that_ends,
    serving="interop/tls-server.js",
)
