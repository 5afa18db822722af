// url is the parsed URL: http becomes ws, the path is at least a slash.

import assert from 'assert';
import { closing } from '../../support/network.js';

const expected = {
  'ws://127.0.0.1:9': 'ws://127.0.0.1:9/',
  'WS://LOCALHOST:9/A?b': 'ws://localhost:9/A?b',
  'http://127.0.0.1:9/x': 'ws://127.0.0.1:9/x',
  '  ws://127.0.0.1:9/ä  ': 'ws://127.0.0.1:9/%C3%A4',
};
for (const [given, url] of Object.entries(expected)) {
  const ws = new WebSocket(given);
  assert.strictEqual(ws.url, url);
  await closing(ws);
}
const ws = new WebSocket(new URL('ws://127.0.0.1:9/object'));
assert.strictEqual(ws.url, 'ws://127.0.0.1:9/object');
