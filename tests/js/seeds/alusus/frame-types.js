// What a frame is, is told by what it calls: text and bytes by the type of the data, the others by
// hooks of their own.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const bits = [];
const { server, url } = await serve();
server.ws('/websocket', {
  message: (ws, data) => void bits.push(typeof data === 'string' ? 1 : 2),
  close: () => bits.push(8),
  ping: () => bits.push(9),
  pong: () => bits.push(10),
});
const ws = await open(`${url}/websocket`);
ws.send('text');
ws.send(new Uint8Array(3));
ws.pong('unasked');
await ws.ping();
ws.close();
await closing(ws);
await server.close();
assert.deepStrictEqual(bits, [1, 2, 10, 9, 8]);
