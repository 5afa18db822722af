"""Forms of curl and of Python's http.client, and what Python's email package reads of ours."""

import asyncio
import email
import email.policy
import http.client
import json
import os
import shutil
import sys
import tempfile

from peer import equal, run

if not shutil.which("curl"):
    print("curl is not installed")
    sys.exit(77)


async def curl(port, *options):
    process = await asyncio.create_subprocess_exec(
        "curl", "-s", *options, f"http://127.0.0.1:{port}/form", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return json.loads(out)


async def curl_sends_fields_and_files(port):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fi le.bin")
        with open(path, "wb") as file:
            file.write(b"\x00\r\n--\xff")
        large = os.path.join(folder, "large.txt")
        with open(large, "wb") as file:
            file.write(b"\r\n-" * 700_000)
        said = await curl(
            port,
            *("-F", "a=1", "-F", "b=grün\n水", "-F", 'quo"ted=x', "-F", f"file=@{path}"),
            *("-F", f"typed=@{path};type=a/b;filename=o;p.txt", "-F", f"large=@{large}"),
        )
        start = [0, 13, 10, 45, 45, 255]
        equal(said[:3], [["a", "1"], ["b", "grün\n水"], ['quo"ted', "x"]])
        equal(said[3], ["file", "fi le.bin", "application/octet-stream", start, 6])
        equal(said[4], ["typed", "o", "a/b", start, 6])
        equal(said[5][:3] + said[5][4:], ["large", "large.txt", "text/plain", 2_100_000])


async def curl_sends_a_query(port):
    said = await curl(port, "--data-urlencode", "a=b c&d", "--data", "e=f")
    equal(said, [["a", "b c&d"], ["e", "f"]])


async def a_form_in_several_encodings_of_names(port):
    boundary = "=_x.y z="
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        f"--{boundary}\r\nContent-Disposition: form-data; name=f; filename*=utf-8''%E6%B0%B4\r\n"
        f"Content-Transfer-Encoding: binary\r\n\r\nx\r\n--{boundary}--\r\n"
    ).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/form", body, {"Content-Type": f'multipart/form-data; boundary="{boundary}"'})
    equal(json.loads(connection.getresponse().read()), [["a", "1"], ["f", "水", "text/plain", [120], 1]])
    connection.close()


async def python_reads_our_forms(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/form")
    response = connection.getresponse()
    head = f"Content-Type: {response.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + response.read(), policy=email.policy.HTTP)
    connection.close()
    parts = list(message.iter_parts())
    names = [part.get_param("name", header="content-disposition") for part in parts]
    equal(names, ["text", "quo%22ted", "file"])
    equal(parts[0].get_payload(decode=True), "grün\r\n水".encode())
    equal(parts[1].get_payload(decode=True), b"")
    equal((parts[2].get_content_type(), parts[2].get_payload(decode=True)), ("a/b", b"\0\r\n\xff"))


run(
    curl_sends_fields_and_files,
    curl_sends_a_query,
    a_form_in_several_encodings_of_names,
    python_reads_our_forms,
    serving="interop/form-data.js",
)
