// A socket that nobody reads holds 1 MiB of messages, then none. A loop that begins later says so.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const accepted = [];
const { server, url } = await serve({
  websocket: { maxBackpressure: 16 * 1024 * 1024, open: (ws) => accepted.push(ws) },
});
const ws = await open(url);
await ws.ping();

async function first(socket) {
  for await (const data of socket) return data;
}

// Large messages, and very many empty ones.
for (const [text, count] of [['x'.repeat(64 * 1024), 17], ['', 20_000]]) {
  for (let index = 0; index < count; index++) accepted[0].send(text);
  await ws.ping();
  await assert.rejects(first(ws), {
    name: 'Error',
    code: 'ERR_MESSAGES_LOST',
    message: /messages were lost.*1048576 bytes.*begin the loop or receive earlier/,
  });
  // It has been said: from here on nothing is missing.
  accepted[0].send('next');
  await ws.ping();
  assert.strictEqual(await first(ws), 'next');
}

// Nearly as much as is held.
for (let index = 0; index < 15; index++) accepted[0].send(`${index}${'x'.repeat(64 * 1024)}`);
await ws.ping();
let count = 0;
for await (const data of ws) {
  assert(data.startsWith(`${count}x`));
  count += 1;
  if (count === 15) break;
}
await server.close();
