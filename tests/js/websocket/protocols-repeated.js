// No subprotocol may be offered twice, not in another case either.

import assert from 'assert';

for (const protocols of [['a', 'a'], ['chat', 'CHAT'], ['x', 'Ab', 'y', 'aB'], { protocols: ['a', 'A'] }]) {
  assert.throws(() => new WebSocket('ws://127.0.0.1:9/', protocols), {
    name: 'SyntaxError',
    message: /twice/,
  });
}
