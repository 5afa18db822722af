"""A BroadcastChannel reaches other processes over redis-server, each message once."""

import asyncio
import json

from peer import equal, krandog, run
from redis import redis


async def said(process, seconds=10):
    return json.loads(await process.line(seconds))


async def acquaint(one, other):
    """Has one speak until the other hears it: a subscription takes its time."""
    number = 0
    while True:
        number += 1
        await one.say(f"hello {number}")
        try:
            equal((await said(other, 0.3))[0][:5], "hello")
        except asyncio.TimeoutError:
            continue
        await one.say("that was it")
        while (await said(other))[0] != "that was it":
            pass
        return


async def values_reach_other_processes_once_and_in_order():
    async with (
        redis() as broker,
        krandog("interop/redis-channel.js", broker.url) as one,
        krandog("interop/redis-channel.js", broker.url) as two,
    ):
        equal(await said(one), ["up"])
        equal(await said(two), ["up"])
        await acquaint(one, two)
        await acquaint(two, one)
        await one.say("\n".join(f"line {number}" for number in range(100)))
        for number in range(100):
            equal(await said(two), [f"line {number}", 5, ["a"]])
        await two.say("again")
        equal(await said(one), ["again", 5, ["a"]])


run(values_reach_other_processes_once_and_in_order)
