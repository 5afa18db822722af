// A paused connection keeps what has come until it is resumed, and pings come back, over TLS too.

import assert from 'assert';
import { ask, open, wait } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { open: resolve, message: (ws, data) => void ws.send(data) },
});
const client = await open(url, { tls: { ca } });
const ws = await accepted;
for (const end of [client, ws]) {
  const times = await Promise.all([end.ping(), end.ping('data'), end.ping(new Uint8Array(125))]);
  for (const time of times) assert(time >= 0 && time < 5000, String(time));
}

const seen = [];
client.addEventListener('message', ({ data }) => seen.push(data));
client.pause();
// Records of all sizes: some are whole in the socket, some are not.
const messages = Array.from({ length: 40 }, (_, index) => 'x'.repeat(index * 997));
for (const message of messages) ws.send(message);
await wait(20);
assert.deepStrictEqual(seen, []);
client.resume();
assert.strictEqual(await ask(client, 'first'), messages[0]);
while (seen.length <= messages.length) await wait(1);
assert.deepStrictEqual(seen, [...messages, 'first']);
client.close();
await server.close();
