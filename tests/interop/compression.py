"""zlib beside the commands gzip and zstd, and the zlib of Python."""

import base64
import random
import shutil
import subprocess
import sys
import zlib

from peer import KRANDOG, TESTS, equal, run

if not all(map(shutil.which, ["gzip", "zstd"])):
    print("gzip or zstd is missing")
    sys.exit(77)

random.seed(1)
WORDS = " ".join(str(random.randrange(3000)) for _ in range(60_000)).encode()
NOISE = random.randbytes(100_000)
SAMPLES = [b"", b"x", WORDS, NOISE, bytes(300_000)]


def krandog(stream, data):
    command = [KRANDOG, TESTS / "interop/compression.js", stream]
    result = subprocess.run(command, input=data, capture_output=True, timeout=20)
    if result.returncode != 0:
        raise AssertionError(result.stderr.decode())
    return base64.b64decode(result.stdout)


def command(*words, data):
    return subprocess.run(words, input=data, capture_output=True, check=True, timeout=20).stdout


async def gzip_reads_and_writes_the_same():
    for data in SAMPLES:
        equal(command("gzip", "-dc", data=krandog("Gzip", data)), data)
        for level in ("-1", "-9"):
            equal(krandog("Gunzip", command("gzip", level, "-c", data=data)), data)
    twice = command("gzip", "-c", data=WORDS) + command("gzip", "-c", data=b"end")
    equal(krandog("Gunzip", twice), WORDS + b"end")


async def zstd_reads_and_writes_the_same():
    for data in SAMPLES:
        equal(command("zstd", "-dc", data=krandog("ZstdCompress", data)), data)
        for level in ("-1", "-19"):
            equal(krandog("ZstdDecompress", command("zstd", level, "-c", data=data)), data)
    twice = command("zstd", "-c", data=WORDS) + command("zstd", "-c", data=b"end")
    equal(krandog("ZstdDecompress", twice), WORDS + b"end")


async def zlib_reads_and_writes_the_same():
    for data in SAMPLES:
        equal(zlib.decompress(krandog("Deflate", data)), data)
        equal(krandog("Inflate", zlib.compress(data, 9)), data)
        equal(zlib.decompress(krandog("DeflateRaw", data), -15), data)


run(
    gzip_reads_and_writes_the_same,
    zstd_reads_and_writes_the_same,
    zlib_reads_and_writes_the_same,
)
