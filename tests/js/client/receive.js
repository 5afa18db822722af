// receive() and messages(): messages for who asks for them.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

let accepted;
const { server, url } = await serve({ websocket: { open: (ws) => void (accepted = ws) } });
const ws = await open(url);

/** Has the other end send, and waits until all has come. */
async function arrive(...texts) {
  for (const text of texts) accepted.send(text);
  await accepted.ping();
}
// What comes before the first call waits.
await arrive('a', 'b', 'c', 'd');
assert.strictEqual(await ws.receive(), 'a');
assert.strictEqual(await ws.receive({ timeout: 0 }), 'b');
await arrive('e');
assert.deepStrictEqual(ws.messages(), ['c', 'd', 'e']);
assert.deepStrictEqual(ws.messages(), []);

// A call that waits, and one that gives up, after which nothing is lost.
const next = ws.receive();
accepted.send('f');
assert.strictEqual(await next, 'f');
await assert.rejects(ws.receive({ timeout: 1 }), { name: 'TimeoutError', message: /within 1 ms/ });
const [one, two] = [ws.receive({ timeout: 10_000 }), ws.receive()];
accepted.send('g');
accepted.send(new Uint8Array([1]));
assert.strictEqual(await one, 'g');
assert.deepStrictEqual(await two, new Uint8Array([1]));

// More than may wait: the socket is paused, and nothing is lost.
const many = Array.from({ length: 100 }, (_, index) => `${index}`);
for (const text of many) accepted.send(text);
accepted.close(1000);
const got = [];
for (let data; (data = await ws.receive()) !== null;) got.push(data);
assert.deepStrictEqual(got, many);
assert.strictEqual(await ws.receive(), null);
assert.strictEqual(ws.closeInfo.code, 1000);

await assert.rejects(ws.receive({ timeout: -1 }), { code: 'ERR_OUT_OF_RANGE' });
await assert.rejects(ws.receive({ timeOut: 1 }), { message: /did you mean timeout/ });
assert.throws(() => ws.receive.call({}), TypeError);
await server.close();
