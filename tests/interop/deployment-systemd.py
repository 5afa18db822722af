"""docs/deployment.md: systemd understands the units."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from peer import KRANDOG, TESTS, equal, run

if not shutil.which("systemd-analyze"):
    print("there is no systemd-analyze")
    sys.exit(77)


async def the_units_are_valid():
    page = (TESTS.parent / "docs/deployment.md").read_text()
    service, passed = re.findall(r"^```ini\n(.*?)^```$", page, re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        units = [pathlib.Path(folder) / name for name in ("chat.service", "chat.socket")]
        for unit, text in zip(units, (service, passed)):
            # It looks whether the program is there.
            unit.write_text(text.replace("/usr/local/bin/krandog", KRANDOG))
        command = ["systemd-analyze", "verify", "--man=no", *units]
        done = subprocess.run(command, capture_output=True, text=True)
        # What it thinks of the machine's own units is not about the page.
        lines = (done.stdout + done.stderr).splitlines()
        equal((done.returncode, [line for line in lines if "chat." in line]), (0, []))


run(the_units_are_valid)
