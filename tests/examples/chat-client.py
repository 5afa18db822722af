"""examples/chat-client.js: two terminals in one room."""

from example import example
from peer import equal, krandog, run


async def hears(process, text):
    """Reads lines until one has the text."""
    while text not in (line := await process.line()):
        pass
    return line


def client(port, name):
    return krandog("../examples/chat-client.js", f"ws://localhost:{port}/", NAME=name)


async def two_terminals_hear_each_other():
    async with example("chat-server") as port:
        async with client(port, "Ada") as ada:
            await hears(ada, "You are Ada, one of 1 here")
            async with client(port, "Bob") as bob:
                await hears(bob, "You are Bob, one of 2 here")
                await hears(ada, "Bob joined")
                await bob.say("hello there")
                equal((await hears(ada, "hello there"))[5:], " Bob: hello there")
                await ada.say("/name Eve")
                await hears(bob, "Ada is now Eve")
                await bob.say("/who")
                await hears(bob, "Eve, Bob")
                await bob.say("/quit")
                equal(await bob.wait(), 0)
                equal(bob.errors, "")
            await hears(ada, "Bob left")
            # The end of input, as by Ctrl+D.
            ada.child.stdin.close()
            equal(await ada.wait(), 0)


async def a_server_that_is_not_there_is_told():
    async with krandog("../examples/chat-client.js", "ws://127.0.0.1:9/", NAME="Ada") as client:
        equal(await client.wait(), 1)
        assert "ECONNREFUSED" in client.errors, client.errors


run(two_terminals_hear_each_other, a_server_that_is_not_there_is_told)
