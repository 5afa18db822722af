// A connect that fails: an error event with a readable cause, then close with 1006.

import assert from 'assert';

// Nothing listens to port 9 here: it is one of those that are never given out.
const ws = new WebSocket('ws://127.0.0.1:9/');
const seen = [];
const { promise, resolve } = Promise.withResolvers();
ws.onopen = () => seen.push('open');
ws.onerror = (event) => {
  seen.push('error');
  assert(event instanceof Event);
  assert.strictEqual(event.code, 'ECONNREFUSED');
  assert.match(event.message, /127\.0\.0\.1/);
  assert(event.error instanceof Error);
  assert.strictEqual(ws.readyState, WebSocket.CLOSED);
};
ws.onclose = (event) => {
  seen.push('close');
  assert.deepStrictEqual([event.code, event.reason, event.wasClean], [1006, '', false]);
  resolve();
};
await promise;
assert.deepStrictEqual(seen, ['error', 'close']);
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
