"""fetch from nginx: contents that it codes, ranges, redirects, and a body that it does not take."""

import asyncio
import contextlib
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

from peer import equal, krandog, run

if not shutil.which("nginx"):
    print("there is no nginx")
    sys.exit(77)

TEXT = "".join(f"line {number % 77}\n" for number in range(60_000))
SUM = [len(TEXT), sum(TEXT.encode())]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.asynccontextmanager
async def nginx():
    """nginx, and a function that has krandog fetch from it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "text.txt").write_text(TEXT)
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        (root / "nginx.conf").write_text(f"""
            daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
            events {{}}
            http {{
              access_log off; {places} default_type text/plain;
              server {{
                listen 127.0.0.1:{port}; root {folder};
                gzip on; gzip_min_length 1; gzip_types text/plain;
                location /moved {{ return 308 /text.txt; }}
                location /empty {{ return 204; }}
                location /small {{ client_max_body_size 1k; proxy_pass http://127.0.0.1:1; }}
              }}
            }}""")
        command = ["nginx", "-e", root / "errors", "-p", folder, "-c", root / "nginx.conf"]
        server = subprocess.Popen(command)
        try:
            for _ in range(200):
                with contextlib.suppress(ConnectionRefusedError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.05)
            async with krandog("interop/fetch.js", http_proxy="", all_proxy="") as process:

                async def ask(path, init=None, use="text"):
                    url = f"http://127.0.0.1:{port}{path}"
                    await process.say(json.dumps([url, init or {}, use]))
                    return json.loads(await process.line(30))

                yield ask
        finally:
            server.terminate()
            server.wait()


async def its_contents_come_whole():
    async with nginx() as ask:
        for init in [{}, {"decompress": False}, {"headers": {"accept-encoding": "identity"}}]:
            equal(await ask("/text.txt", init, "sum"), {"status": 200, "body": SUM})
        equal((await ask("/moved", use="sum"))["body"], SUM)
        equal((await ask("/empty"))["status"], 204)
        equal((await ask("/missing"))["status"], 404)
        part = await ask("/text.txt", {"headers": {"range": "bytes=5-10"}})
        equal((part["status"], part["body"]), (206, TEXT[5:11]))
        equal((await ask("/text.txt", {"method": "HEAD"}))["body"], "")


async def a_body_that_is_refused_early_is_an_answer():
    async with nginx() as ask:
        for init in [
            {"method": "POST", "body": "x" * 3_000_000},
            {"method": "POST", "duplex": "half", "chunks": ["x" * 100_000] * 30},
        ]:
            equal((await ask("/small", init, "sum"))["status"], 413)
        equal((await ask("/empty"))["status"], 204)


run(its_contents_come_whole, a_body_that_is_refused_early_is_an_answer)
