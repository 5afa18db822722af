"""examples/secure-server.js echoes over TLS, and takes up a renewed certificate at SIGHUP."""

import hashlib
import pathlib
import re
import shutil
import signal
import ssl
import tempfile

from peer import CERTIFICATES, client_tls, equal, krandog, run
from websockets.asyncio.client import connect

EXAMPLE = "../examples/secure-server.js"


def put(name, folder):
    for end in ["pem", "key"]:
        shutil.copy(CERTIFICATES / f"{name}.{end}", folder / f"own.{end}")


def shown(websocket):
    """The certificate that a server has shown."""
    certificate = websocket.transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
    return hashlib.sha256(certificate).hexdigest()


def known(name):
    text = (CERTIFICATES / f"{name}.pem").read_text()
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest()


async def echoes_before_and_after_a_renewal():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        put("server", folder)
        files = {"CERT": str(folder / "own.pem"), "KEY": str(folder / "own.key")}
        async with krandog(EXAMPLE, PORT="0", **files) as process:
            [url] = re.findall(r"wss://localhost:\d+/", await process.line())

            async def open_one(name):
                websocket = await connect(url, ssl=client_tls())
                equal(shown(websocket), known(name))
                return websocket

            async def echo(websocket):
                await websocket.send("hello")
                equal(await websocket.recv(), "hello")

            first = await open_one("server")
            put("renewed", folder)
            process.signal(signal.SIGHUP)
            assert "New connections" in await process.line()
            second = await open_one("renewed")
            # Half a renewal: the certificate is there, its key is not.
            shutil.copy(CERTIFICATES / "server.pem", folder / "own.pem")
            process.signal(signal.SIGHUP)
            third = await open_one("renewed")
            for websocket in [first, second, third]:
                await echo(websocket)
                await websocket.close()


async def files_that_nobody_named_are_asked_for():
    async with krandog(EXAMPLE, CERT="", KEY="") as process:
        equal(await process.wait(), 1)
        assert "CERT and KEY must name" in process.errors, process.errors


run(echoes_before_and_after_a_renewal, files_that_nobody_named_are_asked_for)
