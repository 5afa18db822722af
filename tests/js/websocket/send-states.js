// send() throws while connecting; after the end it does nothing, but the bytes count as buffered.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const ws = new WebSocket(url);
assert.throws(() => ws.send('x'), { name: 'InvalidStateError' });
await event(ws, 'open');
ws.send('x');
ws.close();
ws.send('12345');
await closing(ws);
const before = ws.bufferedAmount;
ws.send('ü');
ws.send(new Uint8Array(10));
assert.strictEqual(ws.bufferedAmount - before, 12);
await server.close();
