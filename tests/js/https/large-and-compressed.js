// Messages of several MiB in both directions at once, plain and compressed.

import assert from 'assert';
import { event, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const MiB = 2 ** 20;
const limits = { maxPayload: 16 * MiB, maxBackpressure: 64 * MiB };
const compressed = { threshold: 0, serverNoContextTakeover: false, clientNoContextTakeover: false };

// Neither zeros nor noise, so that it is compressed in part.
const line = (index) => `${index} ${(index * 48_271) % 2_147_483_647} `.padEnd(64, 'text ');
const text = Array.from({ length: 1000 }, (_, index) => line(index)).join('').repeat(64);
const bytes = new TextEncoder().encode(text);

for (const perMessageDeflate of [false, compressed]) {
  const { promise: accepted, resolve } = Promise.withResolvers();
  const { server, url } = await serve({
    websocket: { ...limits, open: resolve, perMessageDeflate },
  });
  const client = await open(url, { tls: { ca }, ...limits, perMessageDeflate });
  assert.strictEqual(client.extensions !== '', perMessageDeflate !== false);
  const ws = await accepted;
  ws.binaryType = 'uint8array';
  const both = [event(client, 'message'), event(ws, 'message')];
  client.send(bytes);
  ws.send(text);
  const [{ data: there }, { data: here }] = await Promise.all(both);
  assert(there === text && new TextDecoder().decode(here) === text);

  // Many small ones keep their order, and the context of compression survives them.
  const seen = [];
  const last = Promise.withResolvers();
  ws.addEventListener('message', ({ data }) => {
    seen.push(data);
    if (seen.length === 1000) last.resolve();
  });
  for (let index = 0; index < 1000; index += 1) client.send(`message ${index}`);
  await last.promise;
  assert.deepStrictEqual(seen, Array.from({ length: 1000 }, (_, index) => `message ${index}`));
  client.close();
  await server.close();
}
