"""docs/deployment.md: its program, behind nginx as the page configures it."""

import asyncio
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile

from peer import TESTS, equal, eventually, krandog, run
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

PAGE = (TESTS.parent / "docs/deployment.md").read_text()
NAME = "chat.example.com"
# Where nginx cuts a quiet connection must be above what krandog's ping comes after.
PING_INTERVAL_S = 25

for program in ["nginx", "openssl"]:
    if not shutil.which(program):
        print(f"there is no {program}")
        sys.exit(77)


def block(opening):
    """The block of the page that begins with these lines; there is one."""
    (text,) = re.findall(rf"^```{opening}\n(.*?)^```$", PAGE, re.M | re.S)
    return text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """nginx with the page's configuration, but for ports and the place of the certificates."""

    def __init__(self, folder, app_port):
        self.folder = pathlib.Path(folder)
        self.http, self.https = free_port(), free_port()
        certificate, key = self.folder / "fullchain.pem", self.folder / "privkey.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
            + ["-nodes", "-days", "1", "-subj", f"/CN={NAME}", "-out", certificate, "-keyout", key],
            check=True,
            capture_output=True,
        )
        chat = block("nginx")
        for before, after, times in [
            ("listen 80;", f"listen 127.0.0.1:{self.http};", 1),
            ("listen [::]:80;", f"listen [::1]:{self.http};", 1),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.https} ssl;", 1),
            ("listen [::]:443 ssl;", f"listen [::1]:{self.https} ssl;", 1),
            (f"/etc/letsencrypt/live/{NAME}", str(folder), 2),
            ("127.0.0.1:3000", f"127.0.0.1:{app_port}", 1),
        ]:
            equal((before, chat.count(before)), (before, times))
            chat = chat.replace(before, after)
        (self.folder / "chat.conf").write_text(chat)
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        (self.folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;\n"
            f"events {{}}\nhttp {{ access_log off;\n{places}include {folder}/chat.conf; }}\n"
        )

    def start(self):
        log = self.folder / "errors"
        command = ["nginx", "-e", log, "-p", self.folder, "-c", self.folder / "nginx.conf"]
        return subprocess.Popen(command)

    def errors(self):
        return (self.folder / "errors").read_text()


async def fetch(port, tls=None):
    """What a GET gets: the head and the body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
    request = f"GET /there HTTP/1.1\r\nHost: {NAME}\r\nX-Forwarded-For: 1.2.3.4\r\n"
    writer.write(f"{request}Connection: close\r\n\r\n".encode())
    head, _, body = (await asyncio.wait_for(reader.read(), 10)).decode().partition("\r\n\r\n")
    writer.close()
    return head, body


async def listens(port):
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def the_program_serves_through_nginx():
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "app.js"
        script.write_text(block("js\n// app.js"))
        async with krandog(script, PORT="0") as app:
            app_port = int((await app.line()).split()[-1])
            nginx = Nginx(folder, app_port)
            process = nginx.start()
            try:
                await eventually(lambda: listens(nginx.https))
                await visit(nginx)
            finally:
                process.terminate()
                process.wait(10)
            equal(nginx.errors(), "")


async def visit(nginx):
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE

    head, _ = await fetch(nginx.http)
    assert head.startswith("HTTP/1.1 301 "), head
    assert head.endswith(f"Location: https://{NAME}/there"), head
    # The address is what nginx saw, whatever the client says.
    equal((await fetch(nginx.https, tls))[1], "Hello, 127.0.0.1\n")

    url = f"wss://localhost:{nginx.https}/"
    async with connect(url, ssl=tls, origin=f"https://localhost:{nginx.https}") as ws:
        await ws.send("hello")
        equal(await ws.recv(), "hello")
    try:
        await connect(url, ssl=tls, origin="https://stranger.example")
        raise AssertionError("a page of another site was let in")
    except InvalidStatus as refused:
        equal(refused.response.status_code, 403)


async def quiet_connections_outlive_the_ping():
    for name in ["proxy_read_timeout", "proxy_send_timeout"]:
        (seconds,) = re.findall(rf"{name} (\d+)s;", block("nginx"))
        assert int(seconds) > 2 * PING_INTERVAL_S, f"{name} is {seconds} s"


run(the_program_serves_through_nginx, quiet_connections_outlive_the_ping)
