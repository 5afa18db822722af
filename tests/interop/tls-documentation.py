"""The programs of docs/tls.md that need certificates or an address of their own."""

import asyncio
import hashlib
import pathlib
import re
import ssl
import tempfile

from peer import CERTIFICATES, TESTS, client_tls, equal, krandog, run
from websockets.asyncio.client import connect

PAGE = (TESTS.parent / "docs/tls.md").read_text()


def program(containing):
    """The program of the page that has this text; there is one."""
    blocks = re.findall(r"^```js\n(.*?)^```$", PAGE, re.M | re.S)
    (block,) = [block for block in blocks if containing in block]
    return block


def replaced(text, *pairs):
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


def saved(folder, text):
    script = pathlib.Path(folder) / "program.js"
    script.write_text(text)
    return script


# Ports are the system's choice, and told.
def listens(port):
    return f"server.listen({port});", "server.listen(0, () => console.log(server.address().port));"


async def fetch(port, tls):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=tls)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    reply = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return reply.partition(b"\r\n\r\n")[2].decode()


async def the_server_takes_another_certificate_when_its_files_change():
    with tempfile.TemporaryDirectory() as folder:
        files = pathlib.Path(folder)

        def install(name):
            for kind, file in [("pem", "fullchain.pem"), ("key", "privkey.pem")]:
                (files / file).write_bytes((CERTIFICATES / f"{name}.{kind}").read_bytes())

        install("server")
        script = replaced(
            program("// secure.js"),
            ("/etc/letsencrypt/live/example.com", folder),
            ("24 * 60 * 60 * 1000", "50"),
            listens(443),
        )
        async with krandog(saved(folder, script)) as app:
            port = int(await app.line())
            equal(await fetch(port, client_tls()), "hello\n")
            url = f"wss://localhost:{port}/"
            async with connect(url, ssl=client_tls()) as websocket:
                install("renewed")
                async with asyncio.timeout(10):
                    while await subject(port) != "renewed":
                        await asyncio.sleep(0.02)
                await websocket.send("still here")
                equal(await websocket.recv(), "still here")


async def subject(port):
    _, writer = await asyncio.open_connection("localhost", port, ssl=client_tls())
    subject = dict(part[0] for part in writer.get_extra_info("peercert")["subject"])
    writer.close()
    return subject["commonName"]


async def a_certificate_for_development_is_made_and_warned_of():
    with tempfile.TemporaryDirectory() as folder:
        serve = "const server = serve(0, () => 'hello');\nserver.on('listening', () => "
        script = saved(folder, f"{serve}console.log(server.address().port));\n")
        async with krandog("--tls-self-signed", str(script)) as app:
            port = int(await app.line())
            tls = ssl.create_default_context()
            tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
            equal(await fetch(port, tls), "hello")
            _, writer = await asyncio.open_connection("localhost", port, ssl=tls)
            certificate = writer.get_extra_info("ssl_object").getpeercert(True)
            writer.close()
            # A client that trusts it finds the name in it.
            pem = ssl.DER_cert_to_PEM_cert(certificate)
            for host in ["localhost", "127.0.0.1"]:
                strict = ssl.create_default_context(cadata=pem)
                _, writer = await asyncio.open_connection("localhost", port, ssl=strict, server_hostname=host)
                writer.close()
            (warning,) = re.findall(r"^krandog: warn: servers speak TLS.*$", PAGE, re.M)
            assert app.errors.startswith(warning.removesuffix("…")), app.errors
            sha = ":".join(f"{byte:02X}" for byte in hashlib.sha256(certificate).digest())
            assert f"SHA-256 {sha}" in app.errors, app.errors


async def a_server_of_https_without_a_certificate_has_that_one_too():
    with tempfile.TemporaryDirectory() as folder:
        script = saved(
            folder,
            "import https from 'https';\n"
            "const server = https.createServer(() => 'hello');\n"
            "server.listen(0, () => console.log(server.address().port));\n",
        )
        async with krandog("--tls-self-signed", str(script)) as app:
            port = int(await app.line())
            tls = ssl.create_default_context()
            tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
            equal(await fetch(port, tls), "hello")


async def a_client_trusts_an_authority_that_is_named():
    with tempfile.TemporaryDirectory() as folder:
        async with krandog("interop/tls-server.js") as server:
            port = await server.line()
            script = replaced(
                program("tls: { ca: 'ca.pem' }"),
                ("localhost:3000", f"localhost:{port}"),
                ("'ca.pem'", f"'{CERTIFICATES}/ca.pem'"),
            )
            async with krandog(saved(folder, script)) as client:
                equal(await client.line(), "hello")
                equal(await client.wait(), 0)


async def members_are_greeted_by_name():
    with tempfile.TemporaryDirectory() as folder:
        script = replaced(
            program("// members.js"),
            *[(f"'{name}'", f"'{CERTIFICATES}/{name}'") for name in ["server.pem", "server.key", "ca.pem"]],
            listens(3000),
        )
        async with krandog(saved(folder, script)) as app:
            port = int(await app.line())
            tls = client_tls()
            tls.load_cert_chain(CERTIFICATES / "client.pem", CERTIFICATES / "client.key")
            equal(await fetch(port, tls), "hello, Test Client\n")


run(
    the_server_takes_another_certificate_when_its_files_change,
    a_certificate_for_development_is_made_and_warned_of,
    a_server_of_https_without_a_certificate_has_that_one_too,
    a_client_trusts_an_authority_that_is_named,
    members_are_greeted_by_name,
)
