// A peer that has gone is noticed, also where its rate or what the script has at work keeps the
// server from reading.

import assert from 'assert';
import { open, serve, wait } from '../../support/network.js';

const never = new Promise(() => {});
for (const limit of [{ rateLimit: { messages: 1, per: 3_600_000 } }, { maxPending: 1 }]) {
  let came = 0;
  const closed = Promise.withResolvers();
  const websocket = {
    pingInterval: 500,
    pongTimeout: 20,
    ...limit,
    message() {
      came += 1;
      return never;
    },
    close: (_, code) => closed.resolve(code),
  };
  const { server, url } = await serve({ websocket });
  const client = await open(url);
  for (let count = 0; count < 9; count += 1) client.send('x');
  while (came < 2) await wait(1);
  client.terminate();
  assert.strictEqual(await closed.promise, 1006);
  assert.strictEqual(came, 2);
  await server.close();
}
assert(never);
