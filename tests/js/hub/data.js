// A publish takes text, bytes and blobs, and nothing that would become '[object Object]'.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: [a] } = await pairs(1);
a.ws.join('room');
const bytes = new Uint8Array([1, 2, 3, 4]);
for (const data of ['', 'é水🙂', bytes, bytes.buffer, new DataView(bytes.buffer, 1, 2), new Blob([bytes])]) {
  assert.strictEqual(server.hub.publish('room', data).sent, 1);
}
for (const data of [{}, [], 1, null, undefined, true]) {
  assert.throws(() => server.hub.publish('room', data), {
    name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message: /JSON\.stringify\(value\)/,
  });
}
await settled([a]);
assert.deepStrictEqual(a.heard, ['', 'é水🙂', bytes, bytes, bytes.slice(1, 3), bytes]);
await server.close();
