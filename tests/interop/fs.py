"""The module fs, seen from outside: disks that are full, pipes that nobody reads, readers of a file that
is written meanwhile, and what Python finds of the same files."""

import json
import os
import pathlib
import subprocess
import tempfile
import threading

from peer import KRANDOG, equal

SCRIPT = str(pathlib.Path(__file__).with_name("fs.js"))


def command(*arguments):
    return [KRANDOG, SCRIPT, *map(str, arguments)]


def run(*arguments, **options):
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=60, **options
    )
    equal((done.returncode, done.stderr), (0, ""))
    return json.loads(done.stdout)


def test_full_disk(folder):
    if os.geteuid() != 0:
        print("only root may mount a small disk: that part is left out")
        return
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], check=False)
    if mounted.returncode != 0:
        print("this machine does not let root mount a disk: that part is left out")
        return
    try:
        code, syscall, written, size = run("fill", disk / "file")
        equal((code, syscall), ("ENOSPC", "write"))
        # What it says of what was written is what is there.
        equal(written, size)
        equal(0 < written < 4 << 20, True)
        (disk / "file").unlink()
        (disk / "kept").write_text("old")
        equal(run("atomic", disk / "kept"), ["ENOSPC", True])
        equal(((disk / "kept").read_text(), os.listdir(disk)), ("old", ["kept"]))
    finally:
        subprocess.run(["umount", disk], check=True)


def test_atomic_for_readers(folder):
    file = folder / "whole"
    file.write_text("0" * 50_000)
    writer = subprocess.Popen(command("flip", file, 60), stdout=subprocess.PIPE, text=True)
    seen = set()
    while writer.poll() is None:
        text = file.read_text()
        equal((len(text), len(set(text))), (50_000, 1))
        seen.add(text[0])
    equal(writer.stdout.read(), '"done"\n')
    equal(len(seen) > 1, True)
    equal([name for name in os.listdir(folder) if name.startswith(".")], [])


def test_pipes(folder):
    fifo = folder / "fifo"
    os.mkfifo(fifo)

    def feed():
        with open(fifo, "w") as pipe:
            for _ in range(50):
                pipe.write("piece " * 1000)

    feeder = threading.Thread(target=feed)
    feeder.start()
    equal(run("fifo", fifo), "piece " * 50_000)
    feeder.join()

    reader, writer = os.pipe()
    child = subprocess.Popen(command("pipe"), stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    os.read(reader, 100)
    os.close(reader)
    equal(json.loads(child.communicate(timeout=60)[1]), ["EPIPE", "write", -32])
    equal(child.returncode, 0)
    equal(run("input", input="grüße\n" * 10_000), "grüße\n" * 10_000)


def test_what_python_finds(folder):
    file = folder / "file"
    file.write_bytes(b"12345")
    file.chmod(0o4751)
    os.utime(file, ns=(1, 1_234_567_890_123_456_789))
    stats = file.stat()
    wanted = [stats.st_mode, stats.st_uid, stats.st_gid, stats.st_size, stats.st_mtime_ns]
    equal(run("stat", file), [str(number) for number in wanted])


with tempfile.TemporaryDirectory() as name:
    for number, test in enumerate(
        [test_full_disk, test_atomic_for_readers, test_pipes, test_what_python_finds]
    ):
        place = pathlib.Path(name) / str(number)
        place.mkdir()
        test(place)
