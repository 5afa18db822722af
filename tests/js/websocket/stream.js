// stream() sends one message in parts; each write waits until its part is written, and other
// messages wait for its end.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve } });
const client = await open(url);
const ws = await accepted.promise;
const heard = [];
client.addEventListener('message', ({ data }) => heard.push(data));
client.addEventListener('ping', () => heard.push('ping'));
const hears = async (count) => {
  while (heard.length < count) await event(client, 'message');
  return heard.splice(0);
};

// Larger than what may wait.
const writer = ws.stream();
assert.strictEqual(writer.type, 'binary');
for (let part = 0; part < 40; part++) {
  await writer.write(new Uint8Array(2 ** 16).fill(part));
  assert.strictEqual(ws.bufferedAmount, part > 0 ? 4 : 0);
  if (part === 0) ws.send('next');
  if (part === 20) ws.ping().catch(() => {});
}
await writer.close();
const [ping, message, next] = await hears(3);
assert.deepStrictEqual([ping, message.length, next], ['ping', 40 * 2 ** 16, 'next']);
assert(message.every((byte, at) => byte === at >> 16));

// A character may be cut between two parts, of strings or of bytes.
const text = ws.stream({ type: 'text' });
for (const part of ['x\ud83d', '\ude00y', new Uint8Array([0xc3]), new Uint8Array([0xbc]), 'z']) {
  text.write(part);
}
await text.close();
assert.deepStrictEqual(await hears(1), ['x😀yüz']);

// One that has no parts is an empty message.
await ws.stream({ type: 'text' }).close();
assert.deepStrictEqual(await hears(1), ['']);

await server.close();
