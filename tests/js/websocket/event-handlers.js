// on… attributes and listeners are called in the order in which they came, with the socket as this.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = await open(url);
const seen = [];
assert.strictEqual(ws.onmessage, null);
ws.addEventListener('message', () => seen.push('first'));
ws.onmessage = function () {
  seen.push('attribute', this === ws);
};
const removed = () => seen.push('removed');
ws.addEventListener('message', removed);
ws.removeEventListener('message', removed);
ws.addEventListener('message', { handleEvent: () => seen.push('object') });
ws.send('x');
await event(ws, 'message');
assert.deepStrictEqual(seen, ['first', 'attribute', true, 'object']);
ws.onmessage = 'no function';
assert.strictEqual(ws.onmessage, null);
assert(ws instanceof EventTarget);
await server.close();
