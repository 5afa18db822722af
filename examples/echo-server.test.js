// Tests of the echo server.
//
//   krandog test examples/echo-server.test.js

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { nextMessage, pair } from 'krandog:test';
import { server } from './echo-server.js';

after(() => server.close());

test('text comes back as text', async () => {
  const ws = await pair(server);
  ws.send('hello');
  assert.equal(await nextMessage(ws), 'hello');
});

test('bytes come back as bytes', async () => {
  const ws = await pair(server);
  ws.binaryType = 'arraybuffer';
  ws.send(new Uint8Array([1, 2, 3]));
  assert.deepEqual(new Uint8Array(await nextMessage(ws)), new Uint8Array([1, 2, 3]));
});
