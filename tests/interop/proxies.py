"""krandog's client through proxies of Debian: microsocks (SOCKS 5) and tinyproxy (CONNECT)."""

import asyncio
import contextlib
import json
import pathlib
import shutil
import socket
import sys
import tempfile

from peer import CERTIFICATES, equal, krandog, run, server_tls
from websockets.asyncio.server import serve

for program in ["microsocks", "tinyproxy"]:
    if not shutil.which(program):
        print(f"there is no {program}")
        sys.exit(77)

# Without those of whoever runs the tests.
CLEAN = {
    name: ""
    for scheme in ["http", "https", "all", "no"]
    for name in [f"{scheme}_proxy", f"{scheme}_PROXY".upper()]
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.asynccontextmanager
async def program(port, *command):
    """Runs a program until the end of the block; it listens on the port before that begins."""
    null = asyncio.subprocess.DEVNULL
    child = await asyncio.create_subprocess_exec(*map(str, command), stdout=null, stderr=null)
    try:
        for _ in range(200):
            with contextlib.suppress(ConnectionRefusedError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.05)
        yield
    finally:
        child.terminate()
        await child.wait()


@contextlib.asynccontextmanager
async def microsocks(*credentials):
    port = free_port()
    users = ["-u", credentials[0], "-P", credentials[1]] if credentials else []
    async with program(port, "microsocks", "-i", "127.0.0.1", "-p", port, *users):
        yield port


@contextlib.asynccontextmanager
async def tinyproxy(*credentials):
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"Port {port}", "Listen 127.0.0.1", "Timeout 60", "Allow 127.0.0.1"]
        if credentials:
            lines.append(f"BasicAuth {credentials[0]} {credentials[1]}")
        configuration = pathlib.Path(folder) / "tinyproxy.conf"
        configuration.write_text("\n".join(lines) + "\n")
        async with program(port, "tinyproxy", "-d", "-c", configuration):
            yield port


@contextlib.asynccontextmanager
async def echo(tls=None):
    """An echo server of the Python library, and the peers that connected to it."""
    peers = []

    async def handle(ws):
        peers.append(ws.remote_address[1])
        async for message in ws:
            await ws.send(message)

    async with serve(handle, "127.0.0.1", 0, ssl=tls) as server:
        yield server.sockets[0].getsockname()[1], peers


async def client(url, options, **environment):
    async with krandog("interop/proxied.js", url, json.dumps(options), **{**CLEAN, **environment}) as process:
        result = json.loads(await process.line())
        equal(await process.wait(), 0)
        return result


WELL = {"data": "hello", "wasClean": True}


async def socks_connects_to_an_address_and_to_a_name():
    async with echo() as (port, peers), microsocks() as proxy:
        for host in ["127.0.0.1", "localhost"]:
            options = {"proxy": f"socks5://127.0.0.1:{proxy}"}
            equal(await client(f"ws://{host}:{port}/", options), WELL)
        equal(len(peers), 2)


async def socks_takes_a_name_and_a_password():
    async with echo() as (port, _), microsocks("user", "p@ss") as proxy:
        url = f"ws://127.0.0.1:{port}/"
        equal(await client(url, {"proxy": f"socks5://user:p%40ss@127.0.0.1:{proxy}"}), WELL)
        for credentials in ["", "user:wrong@"]:
            result = await client(url, {"proxy": f"socks5://{credentials}127.0.0.1:{proxy}"})
            equal(result["code"], "PROXY_AUTH")
            # Asked again and again, it would lock the account.
            again = {"proxy": f"socks5://{credentials}127.0.0.1:{proxy}", "reconnect": True}
            equal((await client(url, again))["code"], "PROXY_AUTH")
            assert "wrong" not in result["message"], result


async def socks_says_why_it_did_not_connect():
    async with microsocks() as proxy:
        options = {"proxy": f"socks5://127.0.0.1:{proxy}"}
        result = await client(f"ws://127.0.0.1:{free_port()}/", options)
        equal(result["code"], "ECONNREFUSED")
        assert f"socks5://127.0.0.1:{proxy}" in result["message"], result
        # The name is for the proxy to look up.
        result = await client("ws://no-such-name.invalid/", options)
        assert result["code"] in ["EHOSTUNREACH", "PROXY_FAILED"], result


async def connect_opens_a_tunnel():
    async with echo() as (port, peers), tinyproxy() as proxy:
        for scheme in ["http://", ""]:
            options = {"proxy": f"{scheme}127.0.0.1:{proxy}"}
            equal(await client(f"ws://localhost:{port}/", options), WELL)
        equal(len(peers), 2)
        result = await client(f"ws://127.0.0.1:{free_port()}/", {"proxy": f"127.0.0.1:{proxy}"})
        assert result["code"].startswith("PROXY_5"), result
        assert result["headers"]["server"].startswith("tinyproxy"), result


async def connect_takes_a_name_and_a_password():
    async with echo() as (port, _), tinyproxy("user", "secret") as proxy:
        url = f"ws://127.0.0.1:{port}/"
        equal(await client(url, {"proxy": f"http://user:secret@127.0.0.1:{proxy}"}), WELL)
        result = await client(url, {"proxy": f"http://127.0.0.1:{proxy}"})
        equal([result["code"], result["status"]], ["PROXY_407", 407])


async def tls_goes_through_a_tunnel():
    trust = {"NODE_EXTRA_CA_CERTS": str(CERTIFICATES / "ca.pem")}
    async with echo(server_tls()) as (port, peers), microsocks() as socks, tinyproxy() as connect:
        url = f"wss://localhost:{port}/"
        for proxy in [f"socks5://127.0.0.1:{socks}", f"http://127.0.0.1:{connect}"]:
            equal(await client(url, {"proxy": proxy}, **trust), WELL)
            # Whom the certificate is for has nothing to do with the proxy.
            refused = await client(url, {"proxy": proxy, "tls": {"servername": "a.test"}}, **trust)
            equal(refused["code"], "ERR_TLS_CERT_ALTNAME_INVALID")
        equal(await client(url, {}, https_proxy=f"127.0.0.1:{connect}", **trust), WELL)
        equal(len(peers), 3)


async def the_environment_names_the_proxy():
    async with echo() as (port, _), microsocks() as proxy:
        url, address = f"ws://localhost:{port}/", f"socks5://127.0.0.1:{proxy}"
        wrong = "http://127.0.0.1:9"
        equal(await client(url, {}, ALL_PROXY=address), WELL)
        equal(await client(url, {}, http_proxy=address, all_proxy=wrong), WELL)
        equal((await client(url, {}, HTTP_PROXY=wrong))["code"], "ECONNREFUSED")
        equal(await client(url, {"proxy": False}, HTTP_PROXY=wrong), WELL)
        equal(await client(url, {}, HTTP_PROXY=wrong, NO_PROXY="localhost"), WELL)
        equal((await client(url, {}, ALL_PROXY="ftp://x"))["code"], "ERR_INVALID_PROXY")


run(
    socks_connects_to_an_address_and_to_a_name,
    socks_takes_a_name_and_a_password,
    socks_says_why_it_did_not_connect,
    connect_opens_a_tunnel,
    connect_takes_a_name_and_a_password,
    tls_goes_through_a_tunnel,
    the_environment_names_the_proxy,
)
