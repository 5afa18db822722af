// A URL with a fragment is refused, an empty one too: a server would never see it.

import assert from 'assert';

for (const url of ['ws://127.0.0.1:9/#', 'ws://127.0.0.1:9/#part', 'http://127.0.0.1:9/path?query#part']) {
  assert.throws(() => new WebSocket(url), { name: 'SyntaxError', message: /fragment/ });
}
