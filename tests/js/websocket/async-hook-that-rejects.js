// An async hook that rejects ends its own connection with 1011, and the server lives.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    async open(ws) {
      for await (const data of ws) ws.send(JSON.stringify(JSON.parse(data)));
    },
    async close() {
      throw new Error('asked for, when it closes');
    },
  },
});
const bad = await open(url);
const neighbour = await open(url);
bad.send('no json');
assert.strictEqual((await closing(bad)).code, 1011);
assert.strictEqual(await ask(neighbour, '[1]'), '[1]');
neighbour.close();
await closing(neighbour);
const later = await open(url);
assert.strictEqual(await ask(later, '{"a":2}'), '{"a":2}');
await server.close();
