// A body is read bit by bit, as it comes, and a script that does not read holds the server back.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const size = 4_000_000;
const text = 'a'.repeat(size);
const { server, url } = await serve(() => text);

let received = 0;
for await (const chunk of (await fetch(url)).body) {
  assert(chunk instanceof Uint8Array && chunk.length > 0 && chunk[0] === 97);
  received += chunk.length;
}
assert.strictEqual(received, size);

// One that is not read at first is read whole later, with others in between.
const slow = await fetch(url);
assert.strictEqual((await fetch(url, { method: 'HEAD' })).status, 200);
await new Promise((resolve) => setTimeout(resolve, 20));
assert.strictEqual((await slow.bytes()).length, size);

// Into a buffer of the script's own.
const reader = (await fetch(url)).body.getReader({ mode: 'byob' });
let buffer = new ArrayBuffer(1000);
let count = 0;
while (count < 5000) {
  const { value } = await reader.read(new Uint8Array(buffer));
  count += value.length;
  buffer = value.buffer;
}
await reader.cancel();
server.close();
