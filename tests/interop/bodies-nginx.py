"""nginx in front of krandog: replies that come bit by bit, events, parts of files, and uploads."""

import asyncio
import contextlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from peer import equal, eventually, free_port, krandog, run

if not shutil.which("nginx"):
    print("there is no nginx")
    sys.exit(77)

BIG = bytes(range(256)) * 16384
BOUNDARY = "between"


@contextlib.asynccontextmanager
async def nginx(upstream, folder):
    """nginx in front of a URL; its port."""
    port = free_port()
    root = pathlib.Path(folder)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    (root / "nginx.conf").write_text(f"""
        daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
        events {{}}
        http {{
          access_log off; {places}
          upstream app {{ server {upstream}; keepalive 4; }}
          server {{
            listen 127.0.0.1:{port};
            proxy_http_version 1.1; proxy_set_header Connection "";
            location / {{
              proxy_pass http://app; proxy_buffering off; proxy_request_buffering off;
            }}
            location /files/ {{ proxy_pass http://app; }}
          }}
        }}""")
    command = ["nginx", "-e", root / "errors", "-p", folder, "-c", root / "nginx.conf"]
    process = subprocess.Popen(command)

    async def listens():
        with contextlib.suppress(ConnectionRefusedError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return True

    try:
        await eventually(listens)
        yield port
    finally:
        process.terminate()
        process.wait(10)
    equal((root / "errors").read_text(), "")


@contextlib.asynccontextmanager
async def site():
    """krandog with some files, and nginx in front of it; the port of nginx."""
    with tempfile.TemporaryDirectory() as folder:
        files = pathlib.Path(folder) / "files"
        files.mkdir()
        (files / "digits.txt").write_text("0123456789")
        (files / "big.bin").write_bytes(BIG)
        async with krandog("browser/bodies-server.js", str(files)) as server:
            upstream = (await server.line()).removeprefix("http://").rstrip("/")
            async with nginx(upstream, folder) as port:
                yield port
            equal(server.errors, "")


class Reply:
    """A reply, of which the head has come."""

    def __init__(self, reader, writer, head):
        self.reader, self.writer = reader, writer
        line, *fields = head.split("\r\n")
        self.status = int(line.split()[1])
        pairs = [field.split(": ", 1) for field in fields if field]
        self.fields = {name.lower(): value for name, value in pairs}

    async def piece(self):
        """The next chunk; empty at the end."""
        size = int(await asyncio.wait_for(self.reader.readline(), 5), 16)
        piece = await self.reader.readexactly(size + 2)
        return piece[:-2]

    async def body(self):
        body = b""
        if "transfer-encoding" in self.fields:
            while piece := await self.piece():
                body += piece
        else:
            body = await self.reader.readexactly(int(self.fields["content-length"]))
        self.writer.close()
        return body


async def ask(port, target, method="GET", body=b"", **fields):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    writer.write(f"{head}\r\n".encode() + body)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    return Reply(reader, writer, head.decode())


async def said(port):
    return json.loads(await (await ask(port, "/said")).body())


async def each_piece_arrives_at_once():
    async with site() as port:
        reply = await ask(port, "/pieces")
        # The next one is only made when the one before has come.
        for number in range(5):
            equal(await reply.piece(), f"piece {number}".encode())
            await ask(port, "/more" if number < 4 else "/last", "POST", Content_Length=0)
        equal(await reply.body(), b"")
        equal(await said(port), ["pieces ended false"])


async def a_client_that_goes_ends_the_reply():
    async with site() as port:
        reply = await ask(port, "/pieces")
        await reply.piece()
        reply.writer.close()
        equal(await eventually(lambda: said(port)), ["pieces ended true"])


async def events_arrive_while_there_are_no_others():
    async with site() as port:
        reply = await ask(port, "/events", Last_Event_ID=6)
        equal((reply.status, reply.fields["content-type"]), (200, "text/event-stream"))
        came = b""
        # What nginx holds back would never come: nothing follows the last one.
        while "unnamed 🦝\n\n".encode() not in came:
            came += await reply.piece()
        for number in [7, 8, 9]:
            assert f"id: {number}\n".encode() in came, came
        reply.writer.close()
        await eventually(lambda: said_at_last(port, "events ended"))


async def said_at_last(port, line):
    return line in await said(port)


async def parts_of_files_pass():
    async with site() as port:
        for part, status, content_range, body in [
            ("bytes=2-4", 206, "bytes 2-4/10", b"234"),
            ("bytes=-3", 206, "bytes 7-9/10", b"789"),
            ("bytes=20-", 416, "bytes */10", None),
        ]:
            reply = await ask(port, "/files/digits.txt", Range=part)
            equal((reply.status, reply.fields["content-range"]), (status, content_range))
            if body is not None:
                equal(await reply.body(), body)
        equal(await said(port), [["bytes=2-4", 206], ["bytes=-3", 206], ["bytes=20-", 416]])

        whole = await ask(port, "/files/big.bin")
        etag = whole.fields["etag"]
        equal((whole.status, await whole.body() == BIG), (200, True))
        reply = await ask(port, "/files/big.bin", Range="bytes=1000000-3999999")
        equal((reply.status, await reply.body() == BIG[1_000_000:4_000_000]), (206, True))
        reply = await ask(port, "/files/big.bin", If_None_Match=etag)
        equal(reply.status, 304)
        reply = await ask(port, "/files/big.bin", "HEAD")
        equal(reply.fields["content-length"], str(len(BIG)))
        # Nginx hands several parts on as they are.
        reply = await ask(port, "/files/digits.txt", Range="bytes=0-1,8-9")
        equal(reply.status, 206)
        body = await reply.body()
        assert b"bytes 0-1/10" in body and b"bytes 8-9/10" in body, body


async def uploads_are_read_as_they_come():
    async with site() as port:
        form = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n'
            "Content-Type: image/png\r\n\r\n" + "\x01" * 200_000 + f"\r\n--{BOUNDARY}--\r\n"
        ).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        chunks = b"".join(
            b"%x\r\n%s\r\n" % (len(piece), piece)
            for piece in (form[at : at + 30_000] for at in range(0, len(form), 30_000))
        )
        for framing, body in [
            ({"Content_Length": len(form)}, form),
            ({"Transfer_Encoding": "chunked"}, chunks + b"0\r\n\r\n"),
        ]:
            for target in ["/form", "/form-as-it-comes"]:
                reply = await ask(port, target, "POST", body, Content_Type=kind, **framing)
                read = json.loads(await reply.body())
                equal(read, [["a", "b"], ["f", "f.bin", "image/png", 200_000, 200_000]])


run(
    each_piece_arrives_at_once,
    a_client_that_goes_ends_the_reply,
    events_arrive_while_there_are_no_others,
    parts_of_files_pass,
    uploads_are_read_as_they_come,
)
