"""An async handler that returns a promise has ended, and is not lost: its reply is that promise's."""

import http.client

from peer import equal, krandog, run

HANDLERS = 9


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


async def each_is_answered_with_what_the_promise_brings():
    async with krandog("interop/promises.js") as process:
        ports = dict([(await process.line()).split() for _ in range(HANDLERS)])
        for name, port in ports.items():
            equal((name, *ask(int(port))), (name, 200, "x"))
        equal(process.errors, "")


run(each_is_answered_with_what_the_promise_brings)
