// A message of more than 1 MiB arrives whole where it is allowed, and ends the connection where not.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const LARGE = 3 * 1024 * 1024;
const { server, url } = await serve({
  websocket: { maxPayload: LARGE },
}, ({ ws, data }) => void ws.send(data));
const ws = await open(url);
ws.send(new Uint8Array(LARGE).fill(7));
const { data } = await event(ws, 'message');
assert.strictEqual(data.length, LARGE);
// In chunks.
let sum = 0;
for (let at = 0; at < LARGE; at += 2 ** 20) {
  const chunk = data.subarray(at, at + 2 ** 20);
  sum += chunk[0] + chunk[chunk.length - 1];
}
assert.strictEqual(sum, 6 * 7);
ws.send(new Uint8Array(LARGE + 1));
assert.strictEqual((await closing(ws)).code, 1009);
await server.close();
