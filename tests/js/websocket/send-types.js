// What send() takes: strings, buffers, views of a part of one, Blobs; anything else as a string.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  ws.send(typeof data === 'string' ? `text ${data}` : `bytes ${Array.from(data)}`);
});
const ws = await open(url);
const whole = new Uint8Array([1, 2, 3, 4]);
const cases = [
  ['grün 🦝', 'text grün 🦝'],
  ['', 'text '],
  ['a\ud800b', 'text a\ufffdb'],
  [whole, 'bytes 1,2,3,4'],
  [whole.buffer, 'bytes 1,2,3,4'],
  [whole.subarray(1, 3), 'bytes 2,3'],
  [new DataView(whole.buffer, 2), 'bytes 3,4'],
  [new Uint16Array([1]), 'bytes 1,0'],
  [new ArrayBuffer(0), 'bytes '],
  [new Blob(['ab', 'c']), 'bytes 97,98,99'],
  [42, 'text 42'],
  [null, 'text null'],
  [undefined, 'text undefined'],
  [{ toString: () => 'object' }, 'text object'],
];
for (const [message, expected] of cases) assert.strictEqual(await ask(ws, message), expected);
assert.throws(() => ws.send(), TypeError);
assert.throws(() => ws.send(Symbol('x')), TypeError);
assert.throws(() => WebSocket.prototype.send.call({}, 'x'), TypeError);
await server.close();
