// http: and https: are other words for ws: and wss:, and `url` has the latter.

import assert from 'assert';

for (const [given, url] of [
  ['http://127.0.0.1:9', 'ws://127.0.0.1:9/'],
  ['HTTP://LOCALHOST:9/a/../b?c', 'ws://localhost:9/b?c'],
  ['http://localhost:443/', 'ws://localhost:443/'],
  ['https://localhost:9/x', 'wss://localhost:9/x'],
  ['https://localhost:80/', 'wss://localhost:80/'],
  ['ws://user:pass@localhost:9', 'ws://user:pass@localhost:9/'],
]) {
  const ws = new WebSocket(given);
  ws.onerror = () => {};
  assert.strictEqual(ws.url, url);
  ws.close();
}
