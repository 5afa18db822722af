// ping() resolves to the round trip in milliseconds, on both ends, with data or without.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve } });
const client = await open(url);
for (const ws of [client, await accepted]) {
  const roundTrips = await Promise.all([ws.ping(), ws.ping('data'), ws.ping(new Uint8Array([0]))]);
  for (const time of roundTrips) assert(time >= 0 && time < 5000, String(time));
}
const pong = event(client, 'pong');
client.ping('abc');
assert.deepStrictEqual(Array.from((await pong).data), [97, 98, 99]);

await assert.rejects(client.ping('x'.repeat(126)), RangeError);
const unanswered = client.ping();
client.terminate();
await assert.rejects(unanswered, TypeError);
await assert.rejects(client.ping(), TypeError);
assert.strictEqual((await accepted).readyState === WebSocket.OPEN, true);
await closing(await accepted);
await server.close();
