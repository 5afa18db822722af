"""Replies that are a `Response`: what of it goes out, and that it goes out once."""

import http.client

from peer import equal, run


def ask(port, target):
    """The status, the fields in order and the body of a reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", target)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    fields = [field for field in response.getheaders() if field[0] not in ("Date", "Content-Length")]
    return response.status, fields, body


async def a_response_is_a_reply(port):
    plain = ("Content-Type", "text/plain;charset=UTF-8")
    for target, status, fields, body in [
        ("/text", 201, [("X-Case", "a"), ("X-Case", "b"), plain], "hé".encode()),
        ("/cookies", 204, [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], b""),
        ("/json", 200, [("Content-Type", "application/json")], b'{"a":[1]}'),
        ("/bytes", 200, [], b"\0\xff"),
        ("/blob", 200, [("Content-Type", "text/html")], b"<p>"),
        ("/redirect", 307, [("Location", "http://a.example/x")], b""),
        ("/subclass", 200, [plain], b"mine"),
    ]:
        equal((target, *ask(port, target)), (target, status, fields, body))


async def a_response_that_was_read_is_no_reply(port):
    for target in ["/used", "/error"]:
        equal((target, ask(port, target)[0]), (target, 500))
    equal(ask(port, "/kept")[0], 200)
    equal(ask(port, "/kept")[0], 500)


run(a_response_is_a_reply, a_response_that_was_read_is_no_reply, serving="interop/response.js")
