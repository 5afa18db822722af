// Sending tells whether it worked: an exception before the socket is open, and a promise on demand.

import assert from 'assert';
import { closing, event, serve } from '../../../support/network.js';

const seen = [];
const { server, url } = await serve(({ ws, data }) => {
  seen.push(data);
  if (seen.length === 3) ws.close();
});
const ws = new WebSocket(url);
assert.throws(() => ws.send('too early'), { name: 'InvalidStateError' });
await event(ws, 'open');
ws.send('text');
ws.send(JSON.stringify({ type: 'message', content: 'test' }));
ws.send(new Uint8Array([1, 2, 3]));
await closing(ws);
assert.deepStrictEqual(seen, ['text', '{"type":"message","content":"test"}', new Uint8Array([1, 2, 3])]);

// Afterwards it is silent, as in browsers, and counts what never left.
ws.send('too late');
assert(ws.bufferedAmount >= 8);
await server.close();
