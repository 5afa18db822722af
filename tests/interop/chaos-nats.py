"""What a bus over nats-server promises, while everything breaks by chance."""

from chaos import SECONDS, chaos
from peer import run
from nats import nats


async def nothing_comes_twice_and_each_loss_is_told():
    async with nats() as server:
        await chaos(server, lambda port: f"nats://127.0.0.1:{port}")


run(nothing_comes_twice_and_each_loss_is_told, seconds=SECONDS + 60)
