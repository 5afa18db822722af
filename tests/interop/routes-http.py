"""Requests of a server with routes: which handler serves them, and what it answers if none does."""

import http.client
import json

from peer import equal, get_json, run


def ask(port, target, method="GET", body=None, **fields):
    """The status, the fields and the body of a reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, target, body, {name.replace("_", "-"): it for name, it in fields.items()})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, response.headers, text


def text(port, target, method="GET", body=None, **fields):
    status, _, body = ask(port, target, method, body, **fields)
    return status, body


async def the_first_route_that_matches_serves(port):
    for target, body in [
        ("/", "home GET {}"),
        ("/?a=b", "home GET {}"),
        ("/users/me", "me GET {}"),
        ("/users/7", 'user GET {"id":"7"}'),
        ("/users/a%20b%2Fc?x", 'user GET {"id":"a b/c"}'),
        ("/users/%ff", 'user GET {"id":"%ff"}'),
        ("/files/", 'files GET {"0":""}'),
        ("/files/a/b", 'files GET {"0":"a/b"}'),
        ("/number/12", 'number GET {"id":"12"}'),
        ("/mid/a/b/end", 'mid GET {"0":"a/b"}'),
        ("/below", "below GET {}"),
        ("/below/", 'below GET {"0":""}'),
        ("/below/a/b", 'below GET {"0":"a/b"}'),
        ("/search?q=cats", 'search GET {"q":"cats"}'),
    ]:
        equal(text(port, target), (200, body))
    for target in ["/users", "/users/", "/users/7/", "/Users/7", "/files", "/number/x", "/search", "//"]:
        equal(text(port, target), (404, "not found\n"))


async def each_method_has_its_handler(port):
    equal(text(port, "/users/7", "POST", "hi"), (201, '{"id":"7","body":"hi"}'))
    equal(text(port, "/users/7", "DELETE"), (202, 'delete DELETE {"id":"7"}'))
    for method, name in [("PUT", "put"), ("PATCH", "patch"), ("GET", "all"), ("PROPFIND", "all")]:
        equal(text(port, "/all-methods", method), (200, f"{name} {method} {{}}"))


async def head_is_get_without_a_body(port):
    status, headers, body = ask(port, "/users/7", "HEAD")
    equal((status, headers["Content-Length"], body), (200, str(len('user HEAD {"id":"7"}')), ""))
    status, headers, _ = ask(port, "/headed", "HEAD")
    equal((status, headers["X-Head"]), (200, "own"))
    status, headers, _ = ask(port, "/headed")
    equal((status, headers["X-Head"]), (200, "get"))
    # One for all methods that is behind the route for GET does not come before it.
    status, headers, _ = ask(port, "/got", "HEAD")
    equal((status, headers["Content-Length"]), (200, str(len("got HEAD {}"))))
    equal(text(port, "/got", "PUT"), (200, "all PUT {}"))


async def another_method_is_405_and_options_tells_which(port):
    status, headers, body = ask(port, "/users/7", "PATCH")
    equal((status, headers["Allow"]), (405, "DELETE, GET, HEAD, OPTIONS, POST"))
    equal((headers["Content-Type"], body), ("text/plain; charset=utf-8", "method not allowed\n"))
    status, headers, body = ask(port, "/users/7", "OPTIONS")
    equal((status, headers["Allow"], body), (204, "DELETE, GET, HEAD, OPTIONS, POST", ""))
    equal(ask(port, "/json")[1]["Allow"], "OPTIONS, POST")
    equal(ask(port, "/opted", "OPTIONS")[1]["X-Options"], "own")
    equal(ask(port, "/number/7", "POST")[0], 405)
    equal(ask(port, "/number/x", "POST")[0], 404)
    equal(ask(port, "/none", "OPTIONS")[0], 404)


async def a_handler_without_a_reply_is_404(port):
    for target in ["/nothing", "/later"]:
        for method in ["GET", "HEAD"]:
            equal(ask(port, target, method)[0], 404)
        equal(ask(port, target, "POST")[0], 405)


async def what_a_handler_throws_is_500_or_its_status(port):
    equal(text(port, "/throws"), (500, "internal server error\n"))
    equal(ask(port, "/json", "POST", "{")[0], 400)
    equal(text(port, "/json", "POST", "[1]"), (200, "[1]"))


async def a_path_for_websockets_wants_an_upgrade(port):
    status, headers, body = ask(port, "/socket/1")
    equal((status, headers["Upgrade"], headers["Connection"]), (426, "websocket", "upgrade"))
    equal(body, "a WebSocket is expected here\n")
    equal(ask(port, "/socket/1", "POST")[0], 404)
    equal(ask(port, "/socket/")[0], 404)
    equal((ask(port, "/both")[0], text(port, "/both", "POST")), (405, (200, "both POST {}")))


async def a_long_path_is_refused_where_matching_would_take_long(port):
    equal(text(port, f"/mid/{'x/' * 1500}end")[0], 414)
    equal(text(port, f"/users/{'x' * 3000}"), (200, f'user GET {{"id":"{"x" * 3000}"}}'))


async def a_path_that_is_another_in_a_url_is_refused_where_urls_are_matched(port):
    # It would be /search for the one pattern, and something else for those of functions around it.
    for target in ["/a/../search?q=cats", "/%2E%2e/search?q=cats", "/./search?q=cats", "/a\\search"]:
        status, body = text(port, target)
        equal((status, body), (400, "the path must not have segments of dots or backslashes here\n"))
    # Patterns of paths take them as they are, and are asked in their order.
    equal(text(port, "/users/.."), (200, 'user GET {"id":".."}'))
    equal(text(port, "/files/../a"), (200, 'files GET {"0":"../a"}'))
    equal(text(port, "/.a/b..")[0], 404)


async def the_plain_handler_serves_the_rest(port):
    port = (await get_json(port, "/ports"))[1]
    for target, method, expected in [
        ("/plain/route", "GET", (200, "route GET {}")),
        ("/plain/route", "POST", (200, "plain POST {}")),
        ("/plain/route", "OPTIONS", (200, "plain OPTIONS {}")),
        ("/plain", "GET", (200, "plain GET {}")),
        ("/route", "GET", (200, "route GET {}")),
        ("/route", "POST", (405, "method not allowed\n")),
        ("/route", "OPTIONS", (204, "")),
        ("/other", "GET", (404, "not found\n")),
        ("/added", "GET", (404, "not found\n")),
        ("/late", "GET", (404, "not found\n")),
        ("/added", "GET", (200, "added GET {}")),
    ]:
        equal(text(port, target, method), expected)


async def functions_run_around_what_comes_after_them(port):
    port = (await get_json(port, "/ports"))[2]
    ask(port, "/log")
    for target, status, added, body in [
        ("/text", 200, "yes", "text"),
        ("/json", 200, "a,yes", "[1]"),
        ("/pairs", 200, "a,b,yes", ""),
        ("/bytes", 200, "yes", "AB"),
        ("/class", 203, "c,yes", "class"),
        ("/private/a", 401, "yes", "who?"),
        ("/changed", 200, "yes", "200 x!"),
        ("/express", 200, "yes", "express"),
        ("/plain", 200, "yes", "plain"),
        ("/none", 404, "yes", "not found\n"),
        ("/caught/y", 503, "yes", "y expected: caught"),
        ("/unawaited", 200, "yes", "at once"),
    ]:
        got, headers, text_ = ask(port, target)
        equal((target, got, headers["X-Added"], text_), (target, status, added, body))
    equal(text(port, "/private/a", Authorization="me"), (200, 'private GET {"id":"a"}'))
    status, headers, _ = ask(port, "/text", "DELETE")
    equal((status, headers["Allow"], headers["X-Added"]), (405, "GET, HEAD, OPTIONS", "yes"))
    equal(ask(port, "/text", "OPTIONS")[0], 204)
    equal(ask(port, "/json")[1]["X-Other"], "b")
    names = ask(port, "/names")[1]
    equal((names["__proto__"], names.get_all("constructor"), names["X-Added"]), ("a", ["b", "c"], "yes"))
    equal(ask(port, "/text", "HEAD")[1]["X-Added"], "yes")

    said = json.loads(ask(port, "/log")[2])
    equal(said[1:4], ["GET /text 200", "GET /json 200", "GET /pairs 200"])
    late = "too late for routes"
    equal(said[said.index("GET /express 200") + 1 :][:4], [late, "GET /plain 200", late, "GET /none 404"])
    # A route that was added before a function is out of its reach.
    equal(ask(port, "/log")[1]["X-Added"], None)


async def mistakes_around_a_handler_are_500(port):
    port = (await get_json(port, "/ports"))[2]
    for target in ["/uncaught", "/forgotten", "/twice", "/number", "/unknown"]:
        equal((target, *text(port, target)), (target, 500, "internal server error\n"))
    equal(ask(port, "/text")[0], 200)


run(
    the_first_route_that_matches_serves,
    each_method_has_its_handler,
    head_is_get_without_a_body,
    another_method_is_405_and_options_tells_which,
    a_handler_without_a_reply_is_404,
    what_a_handler_throws_is_500_or_its_status,
    a_path_for_websockets_wants_an_upgrade,
    a_long_path_is_refused_where_matching_would_take_long,
    a_path_that_is_another_in_a_url_is_refused_where_urls_are_matched,
    the_plain_handler_serves_the_rest,
    functions_run_around_what_comes_after_them,
    mistakes_around_a_handler_are_500,
    serving="interop/routes-http.js",
)
