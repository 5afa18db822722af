// send() throws while connecting; after the end it returns false, and the bytes count as buffered.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const ws = new WebSocket(url);
assert.throws(() => ws.send('x'), { name: 'InvalidStateError' });
await event(ws, 'open');
assert.strictEqual(ws.send('x'), true);
ws.close();
assert.strictEqual(ws.send('12345'), false);
await closing(ws);
const before = ws.bufferedAmount;
assert.strictEqual(ws.send('ü'), false);
assert.strictEqual(ws.send(new Uint8Array(10)), false);
assert.strictEqual(ws.bufferedAmount - before, 12);
await server.close();
