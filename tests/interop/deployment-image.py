"""release/Dockerfile: what it puts into the image is enough for krandog, for a user who may do nothing.

Docker itself is not needed: the files are laid out by the Dockerfile's own commands, and krandog runs
with that folder as its root.
"""

import asyncio
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

from peer import KRANDOG, TESTS, equal, run

if os.getuid() != 0:
    print("only root can change the root of a process")
    sys.exit(77)

SCRIPT = """
import http from 'http';

const server = http.createServer(() => ({
  json: { zone: new Date(0).toLocaleString('en-US', { timeZone: 'Asia/Tokyo' }), folder: process.cwd() },
}));
server.listen({ port: 0 }, () => console.log(server.address().port));
"""


def dockerfile():
    """The command that lays out the image, and the user and entry point that the Dockerfile names."""
    text = (TESTS.parent / "release/Dockerfile").read_text()
    (layout,) = re.findall(r"^RUN (install .*?[^\\])$", text, re.M | re.S)
    (user,) = re.findall(r"^USER (\d+):\d+$", text, re.M)
    (entry,) = re.findall(r'^ENTRYPOINT \["(.*)"\]$', text, re.M)
    return layout, int(user), entry


@contextlib.asynccontextmanager
async def inside(image, user, *command):
    def enter():
        os.chroot(image)
        os.chdir("/app")
        os.setgid(user)
        os.setuid(user)

    child = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/bin"},
        preexec_fn=enter,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def the_image_runs_a_server():
    layout, user, entry = dockerfile()
    with tempfile.TemporaryDirectory() as folder:
        image = pathlib.Path(folder)
        image.chmod(0o755)
        layout = layout.replace("target/dist/krandog", KRANDOG).replace("/image", folder)
        subprocess.run(layout, shell=True, check=True)
        (image / "app/app.js").write_text(SCRIPT)
        async with inside(folder, user, entry, "app.js") as child:
            port = int(await asyncio.wait_for(child.stdout.readline(), 10))
            reply = await asyncio.to_thread(
                lambda: urllib.request.urlopen(f"http://localhost:{port}/", timeout=10).read()
            )
            equal(reply, b'{"zone":"1/1/1970, 9:00:00 AM","folder":"/app"}')
            # Docker stops a container with SIGTERM.
            child.terminate()
            equal(await asyncio.wait_for(child.wait(), 10), 143)


run(the_image_runs_a_server)
