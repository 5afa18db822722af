// The constructor throws a SyntaxError for URLs and subprotocols that are none.

import assert from 'assert';

for (const url of ['', 'x', '/path', 'ftp://a/', 'ws:', 'ws://', 'ws://a:99999/', 'ws://a b/']) {
  assert.throws(() => new WebSocket(url), (error) => {
    assert(error instanceof DOMException, String(error));
    assert.strictEqual(error.name, 'SyntaxError');
    assert.strictEqual(error.code, DOMException.SYNTAX_ERR);
    return true;
  });
}
for (const protocols of ['', 'a b', 'a,b', 'ü', ['a', 'a'], ['a', ''], ['\0']]) {
  assert.throws(() => new WebSocket('ws://127.0.0.1:9/', protocols), { name: 'SyntaxError' });
}
assert.throws(() => new WebSocket(), TypeError);
assert.throws(() => WebSocket('ws://127.0.0.1:9/'), TypeError);
assert.throws(() => new WebSocket('ws://127.0.0.1:9/', { unknown: 1 }), /unknown .*known:/);
assert.throws(() => new WebSocket('ws://127.0.0.1:9/', { headers: { Host: 'x' } }), TypeError);
assert.throws(() => new WebSocket('ws://127.0.0.1:9/', { headers: { a: 'b\r\nc' } }), TypeError);
