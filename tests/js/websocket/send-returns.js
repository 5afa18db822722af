// send() returns nothing on an outgoing socket; on an accepted one the bytes that wait, or false.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve } });
const client = await open(url);
assert.strictEqual(client.send('text'), undefined);
client.close();
assert.strictEqual(client.send('too late'), undefined);
const ws = await accepted;
await closing(client);
assert.strictEqual(client.send(new Uint8Array(1)), undefined);

const other = new WebSocket(url);
const [there] = await Promise.all([
  new Promise((resolve) => server.once('connection', resolve)),
  event(other, 'open'),
]);
// A header of 2 bytes comes before each.
assert.strictEqual(there.send(''), 2);
assert.strictEqual(there.send('12345'), 9);
assert.strictEqual(there.send(new Uint8Array(10)), 21);
there.close();
assert.strictEqual(there.send('too late'), false);
assert.strictEqual(ws.send('too late'), false);
await server.close();
