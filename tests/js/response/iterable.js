// A body may be an async iterable, as in Node.js: its chunks are strings or bytes.
import assert from 'assert';

async function* chunks() {
  yield 'h\u00e9';
  await null;
  yield new TextEncoder().encode('llo');
}
const response = new Response(chunks(), { headers: { 'content-type': 'text/plain' } });
assert.ok(response.body instanceof ReadableStream);
assert.strictEqual(await response.text(), 'h\u00e9llo');

let ended = false;
async function* endless() {
  try {
    for (;;) yield 'x';
  } finally {
    ended = true;
  }
}
await new Response(endless()).body.cancel();
const read = new Response(endless());
const reader = read.body.getReader();
assert.strictEqual((await reader.read()).value, 'x');
await reader.cancel();
assert.strictEqual(ended, true);

async function* failing() {
  yield 'x';
  throw new Error('why');
}
await assert.rejects(new Response(failing()).text(), { message: 'why' });
await assert.rejects(new Response((async function* number() { yield 1; }())).text(), TypeError);
