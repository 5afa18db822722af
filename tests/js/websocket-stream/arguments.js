// What WebSocketStream, its close() and WebSocketError take.

import assert from 'assert';

const url = 'ws://127.0.0.1:9/';
assert.throws(() => new WebSocketStream(), TypeError);
assert.throws(() => new WebSocketStream('nothing'), { name: 'SyntaxError' });
assert.throws(() => new WebSocketStream(url, null), TypeError);
assert.throws(() => new WebSocketStream(url, { signal: {} }), TypeError);
assert.throws(() => new WebSocketStream(url, { protocols: ['a', 'a'] }), { name: 'SyntaxError' });
assert.throws(() => new WebSocketStream(url, { protocol: 'a' }), /protocols/);

const stream = new WebSocketStream(url);
for (const closeCode of [0, 1001, 1005, 2999, 5000, 3000.5, 'x']) {
  const wrong = { name: 'InvalidAccessError' };
  assert.throws(() => stream.close({ closeCode }), wrong);
  assert.throws(() => new WebSocketError('', { closeCode }), wrong);
}
assert.throws(() => stream.close({ reason: 'é'.repeat(62) }), { name: 'SyntaxError' });
stream.close({ closeCode: '3000', reason: 'é'.repeat(61) });
await assert.rejects(stream.opened, WebSocketError);

const error = new WebSocketError('what', { reason: 'why' });
assert.deepStrictEqual([error.message, error.name, error.code], ['what', 'WebSocketError', 0]);
assert.deepStrictEqual([error.closeCode, error.reason], [1000, 'why']);
assert.strictEqual(new WebSocketError().closeCode, null);
