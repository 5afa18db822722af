"""Files of a folder: conditions, ranges, codings and everything that must not get out."""

import asyncio
import email
import gzip
import http.client
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from peer import KRANDOG, equal, krandog

OLD = time.time() - 3600


class Reply:
    def __init__(self, response, body):
        self.status, self.fields, self.body = response.status, response.headers, body


class Site:
    """A folder with files, none of which has changed lately."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        (self.root / "site/sub").mkdir(parents=True)
        (self.root / "site/folder").mkdir()
        (self.root / "site/.well-known").mkdir()
        self.big = bytes(range(256)) * 16384
        for name, text in [
            ("secret.txt", b"secret"),
            ("site/index.html", b"<h1>home</h1>\n"),
            ("site/hello.txt", b"0123456789"),
            ("site/empty.txt", b""),
            ("site/a b&<c>.txt", b"odd"),
            ("site/sub/index.html", b"below"),
            ("site/folder/x.txt", b"x"),
            ("site/.env", b"hidden"),
            ("site/.well-known/id", b"known"),
            ("site/big.bin", self.big),
            ("site/app.js", b"let a = 1;\n" * 100),
            ("site/app.js.gz", gzip.compress(b"let a = 1;\n" * 100)),
            ("site/app.js.br", b"brotli, they say"),
            ("site/stale.css", b"p {}"),
            ("site/stale.css.gz", gzip.compress(b"q {}")),
        ]:
            self.write(name, text)
        os.utime(self.root / "site/stale.css.gz", (OLD - 100, OLD - 100))
        os.symlink("../secret.txt", self.root / "site/out.txt")
        os.symlink("..", self.root / "site/up")
        os.symlink("/etc", self.root / "site/etc")
        os.symlink("hello.txt", self.root / "site/in.txt")
        os.symlink("loop", self.root / "site/loop")
        os.mkfifo(self.root / "site/pipe")

    def write(self, name, text):
        path = self.root / name
        path.write_bytes(text)
        os.utime(path, (OLD, OLD))


def ask(port, target, method="GET", **fields):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, target, skip_accept_encoding=True)
    for name, value in fields.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return Reply(response, body)


async def files_have_types_lengths_and_validators(port, site):
    for target, kind, body in [
        ("/", "text/html; charset=utf-8", b"<h1>home</h1>\n"),
        ("/hello.txt", "text/plain; charset=utf-8", b"0123456789"),
        ("/hello.txt?v=1", "text/plain; charset=utf-8", b"0123456789"),
        ("/empty.txt", "text/plain; charset=utf-8", b""),
        ("/sub/", "text/html; charset=utf-8", b"below"),
        ("/a%20b%26%3Cc%3E.txt", "text/plain; charset=utf-8", b"odd"),
        ("/in.txt", "text/plain; charset=utf-8", b"0123456789"),
        ("/big.bin", "application/octet-stream", site.big),
        ("/.well-known/id", "application/octet-stream", b"known"),
        ("/one", "text/plain; charset=utf-8", b"0123456789"),
        ("/by-hand/hello", "text/plain; charset=utf-8", b"0123456789"),
        ("/hidden/.env", "application/octet-stream", b"hidden"),
        ("/around/hello.txt", "text/plain; charset=utf-8", b"0123456789"),
    ]:
        # The second comes from memory, if it can.
        for _ in range(2):
            reply = ask(port, target)
            equal((target, reply.status, reply.body == body), (target, 200, True))
            equal(reply.fields["Content-Type"], kind)
            equal(reply.fields["Content-Length"], str(len(body)))
            equal(reply.fields["Accept-Ranges"], "bytes")
            equal(reply.fields["Cache-Control"], "no-cache")
            assert reply.fields["ETag"] and reply.fields["Last-Modified"]
        head = ask(port, target, "HEAD")
        equal((head.status, head.fields["Content-Length"], head.body), (200, str(len(body)), b""))
    equal(ask(port, "/around/nothing").body, b"behind it")
    wrapped = ask(port, "/wrapped/big.bin", Range="bytes=5-9")
    equal((wrapped.status, wrapped.fields["x-more"], wrapped.body), (206, "yes", site.big[5:10]))
    equal(ask(port, "/wrapped/nothing").body, b"nothing here\n")


async def nothing_gets_out_of_the_folder(port, site):
    for target in [
        "/../secret.txt", "/%2e%2e/secret.txt", "/.%2e/secret.txt", "/sub/../../secret.txt",
        "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/..%5csecret.txt", "/sub/..%5c..%5csecret.txt",
        "/out.txt", "/up/secret.txt", "/up/", "/up", "/etc/passwd", "/etc/", "/loop", "/pipe",
        "/.env", "/%2eenv", "/hidden/../secret.txt", "/hidden/out.txt", "/listed/up/", "/listed/etc/",
        "/hello.txt%00", "/hello.txt%00.html", "/hello.txt/", "/hello.txt/x", "/%", "/%zz", "/%ff",
        "/by-hand/..%2f..%2fsecret", "/by-hand/..%2fsecret", "/nothing", "/folder/", "/" + "a" * 300,
        "/assets/../hello.txt", "//../secret.txt", "/%252e%252e/secret.txt",
    ]:
        reply = ask(port, target)
        equal((target, reply.status, b"secret" in reply.body), (target, 404, False))
    # A folder's own path ends with a slash; the way there leads to no other host.
    for target, location in [
        ("/sub", "./sub/"), ("/sub?a=b", "./sub/?a=b"), ("//sub", "./sub/"),
        ("/listed/folder", "./folder/"), ("//listed//sub", None),
    ]:
        reply = ask(port, target)
        if location:
            equal((target, reply.status, reply.fields["Location"]), (target, 301, location))


async def a_link_that_changes_leads_nowhere_else(port, site):
    link = site.root / "site/moving.txt"
    link.symlink_to("hello.txt")
    for _ in range(3):
        equal(ask(port, "/moving.txt").status, 200)
    link.unlink()
    link.symlink_to("../secret.txt")
    equal(ask(port, "/moving.txt").status, 404)
    link.unlink()


async def conditions_save_the_body(port, site):
    first = ask(port, "/hello.txt")
    etag, modified = first.fields["ETag"], first.fields["Last-Modified"]
    for fields, status in [
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": f'"x", W/{etag.removeprefix("W/")}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"x"'}, 200),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-None-Match": '"x"', "If-Modified-Since": modified}, 200),
        ({"If-Match": '"x"'}, 412),
        ({"If-Match": "*"}, 200),
        ({"If-Unmodified-Since": modified}, 200),
        ({"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 412),
    ]:
        reply = ask(port, "/hello.txt", **fields)
        equal((fields, reply.status), (fields, status))
        if status == 304:
            equal((reply.body, reply.fields["ETag"]), (b"", etag))
            assert "Content-Length" not in reply.fields and "Content-Type" not in reply.fields


async def ranges_are_parts(port, site):
    size = len(site.big)
    for target, body in [("/big.bin", site.big), ("/hello.txt", b"0123456789")]:
        size = len(body)
        for value, start, end in [
            ("bytes=0-0", 0, 1), ("bytes=2-4", 2, 5), ("bytes=5-", 5, size), ("bytes=-3", size - 3, size),
            (f"bytes=0-{size * 2}", 0, size), ("bytes=4-4,", 4, 5),
        ]:
            reply = ask(port, target, Range=value)
            equal((value, reply.status, reply.body == body[start:end]), (value, 206, True))
            equal(reply.fields["Content-Range"], f"bytes {start}-{end - 1}/{size}")
        reply = ask(port, target, Range="bytes=0-1, 4-5,-1")
        equal(reply.status, 206)
        message = email.message_from_bytes(
            b"Content-Type: " + reply.fields["Content-Type"].encode() + b"\r\n\r\n" + reply.body)
        parts = [(part["Content-Range"], part.get_payload(decode=True)) for part in message.get_payload()]
        equal(parts, [
            (f"bytes 0-1/{size}", body[0:2]), (f"bytes 4-5/{size}", body[4:6]),
            (f"bytes {size - 1}-{size - 1}/{size}", body[-1:]),
        ])
        for value in ["bytes=3-2", "lines=1-2", "bytes=a-b", "bytes=", f"bytes=0-{size},0-{size}"]:
            reply = ask(port, target, Range=value)
            equal((value, reply.status, reply.body == body), (value, 200, True))
        reply = ask(port, target, Range=f"bytes={size}-")
        equal((reply.status, reply.fields["Content-Range"]), (416, f"bytes */{size}"))
        equal(ask(port, target, "HEAD", Range="bytes=0-1").status, 200)
    equal(ask(port, "/empty.txt", Range="bytes=0-").status, 416)
    # Ten thousand of them are not worth a part each.
    many = "bytes=" + ",".join(["0-0"] * 3000)
    reply = ask(port, "/big.bin", Range=many)
    equal((reply.status, reply.body == site.big), (200, True))


async def if_range_asks_for_the_whole_of_what_has_changed(port, site):
    first = ask(port, "/hello.txt")
    while first.fields["ETag"].startswith("W/"):
        # It has been written just now.
        await asyncio.sleep(0.1)
        first = ask(port, "/hello.txt")
    for value, status in [
        (first.fields["ETag"], 206), (first.fields["Last-Modified"], 206), ('"x"', 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200), (f"W/{first.fields['ETag']}", 200),
    ]:
        equal((value, ask(port, "/hello.txt", Range="bytes=0-1", If_Range=value).status), (value, status))


async def compressed_files_take_the_place_of_the_others(port, site):
    plain = b"let a = 1;\n" * 100
    for accepted, coding, body in [
        ("gzip", "gzip", gzip.compress(plain)), ("gzip, br", "br", b"brotli, they say"),
        ("br;q=0.1, gzip", "gzip", None), ("identity", None, plain), ("gzip;q=0", None, plain),
        ("deflate", None, plain), (None, None, plain),
    ]:
        fields = {"Accept-Encoding": accepted} if accepted else {}
        for _ in range(2):
            reply = ask(port, "/app.js", **fields)
            equal((accepted, reply.status, reply.fields["Content-Encoding"]), (accepted, 200, coding))
            equal((reply.fields["Vary"], reply.fields["Content-Type"]),
                  ("Accept-Encoding", "text/javascript; charset=utf-8"))
            if coding == "gzip":
                equal(gzip.decompress(reply.body), plain)
            else:
                equal(reply.body, body)
    tags = {ask(port, "/app.js", Accept_Encoding=coding).fields["ETag"] for coding in ["br", "gzip", "x"]}
    equal(len(tags), 3)
    # One that was made of an older file says what that said.
    equal(ask(port, "/stale.css", Accept_Encoding="gzip").body, b"p {}")
    equal(ask(port, "/hidden/app.js", Accept_Encoding="gzip").body, plain)
    part = ask(port, "/app.js", Accept_Encoding="br", Range="bytes=0-1")
    equal((part.status, part.body, part.fields["Content-Encoding"]), (206, b"br", "br"))


async def a_file_that_changes_is_served_as_it_is(port, site):
    for text in [b"one", b"two", b"three", b"3hree"]:
        (site.root / "site/changing.txt").write_bytes(text)
        equal(ask(port, "/changing.txt").body, text)
    os.remove(site.root / "site/changing.txt")
    equal(ask(port, "/changing.txt").status, 404)


async def caching_is_as_asked_for(port, site):
    reply = ask(port, "/assets/hello.txt")
    equal((reply.fields["Cache-Control"], reply.fields["x-own"]), ("public, max-age=60, immutable", "yes"))
    equal(ask(port, "/aged/hello.txt").fields["Cache-Control"], "public, max-age=5")
    # What stands for others is not kept in their place, and only whoever looks at pages gets it.
    reply = ask(port, "/aged/deep/link", Accept="text/html,*/*")
    equal((reply.status, reply.body, reply.fields["Cache-Control"]), (200, b"<h1>home</h1>\n", "no-cache"))
    equal(ask(port, "/aged/missing.js", Accept="*/*").status, 404)


async def names_are_listed_where_that_is_asked_for(port, site):
    page = ask(port, "/listed/").body.decode()
    for name in ["hello.txt", "sub/", "a%20b%26%3Cc%3E.txt", "a b&amp;&lt;c&gt;.txt"]:
        assert name in page, page
    assert ".env" not in page and "<c>" not in page, page
    # Links are named as what they lead to, but for those that nobody can follow.
    assert '"./in.txt"' in page, page
    for name in ["out.txt", "up", "etc", "loop", "pipe"]:
        assert f'"./{name}' not in page, page
    assert "../" in ask(port, "/listed/sub/").body.decode()


async def files_are_only_read(port, site):
    for method in ["POST", "PUT", "DELETE", "PATCH"]:
        reply = ask(port, "/all/hello.txt", method)
        equal((reply.status, reply.fields["Allow"]), (405, "GET, HEAD"))


async def curl_gets_what_it_asks_for(port, site):
    if not shutil.which("curl"):
        return
    url = f"http://127.0.0.1:{port}"

    def curl(*arguments):
        return subprocess.run(["curl", "-sS", *arguments], capture_output=True, check=True).stdout

    equal(curl(f"{url}/big.bin") == site.big, True)
    equal(curl("-r", "100-199", f"{url}/big.bin"), site.big[100:200])
    equal(curl("--compressed", f"{url}/app.js", "-H", "Accept-Encoding: gzip"), b"let a = 1;\n" * 100)
    with tempfile.NamedTemporaryFile() as part:
        part.write(site.big[:1000])
        part.flush()
        curl("-C", "-", "-o", part.name, f"{url}/big.bin")
        equal(pathlib.Path(part.name).read_bytes() == site.big, True)


async def the_command_line_shows_a_folder(port, site):
    command = [KRANDOG, "serve", str(site.root / "site"), "--port", "0", "--listing"]
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    line = (await asyncio.wait_for(child.stdout.readline(), 10)).decode()
    assert line.startswith("http://localhost:") and "/ shows " in line, line
    reply = ask(int(line.split("/")[2].split(":")[1]), "/hello.txt")
    child.kill()
    await child.wait()
    equal((reply.status, reply.body), (200, b"0123456789"))


async def main(*checks):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        async with krandog("interop/files.js", str(site.root / "site")) as process:
            port = int(await process.line())
            for check in checks:
                try:
                    await asyncio.wait_for(check(port, site), 30)
                except Exception:
                    failed += 1
                    print(f"{check.__name__}: {traceback.format_exc(limit=-3)}")
            if failed:
                print(process.errors)
    return failed


sys.exit(1 if asyncio.run(main(
    files_have_types_lengths_and_validators,
    nothing_gets_out_of_the_folder,
    a_link_that_changes_leads_nowhere_else,
    conditions_save_the_body,
    ranges_are_parts,
    if_range_asks_for_the_whole_of_what_has_changed,
    compressed_files_take_the_place_of_the_others,
    a_file_that_changes_is_served_as_it_is,
    caching_is_as_asked_for,
    names_are_listed_where_that_is_asked_for,
    files_are_only_read,
    curl_gets_what_it_asks_for,
    the_command_line_shows_a_folder,
)) else 0)
