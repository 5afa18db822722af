// `sse` makes a reply that proxies and caches leave alone.

import assert from 'assert';
import { sse } from 'krandog:sse';

const { status, headers, body } = sse([], { headers: { 'x-own': 'yes' } });
assert.strictEqual(status, 200);
assert.deepStrictEqual({ ...headers }, {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  'x-own': 'yes',
});
assert.strictEqual(typeof body[Symbol.asyncIterator], 'function');

// Whoever stops reading ends the source.
let ended = false;
const source = (async function* () {
  try {
    for (;;) yield 'again';
  } finally {
    ended = true;
  }
})();
for await (const text of sse(source).body) {
  if (text.includes('again')) break;
}
assert.ok(ended);

for (const wrong of [undefined, null, 5, 'text', {}]) {
  assert.throws(() => sse(wrong), { code: 'ERR_INVALID_ARG_TYPE', message: /async generator/ });
}
assert.throws(() => sse([], { keepalive: 5 }), /did you mean keepAlive\?/);
assert.throws(() => sse([], { retry: -1 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => sse([], { headers: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
