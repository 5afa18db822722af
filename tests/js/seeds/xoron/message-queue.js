// Messages wait until the socket is open, in order, and what a listener of `open` sends goes first.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const seen = [];
const { server, url } = await serve(({ ws, data }) => {
  seen.push(data);
  if (data === 'last') ws.close();
});
const ws = new WebSocket(url, { queue: { maxMessages: 3 } });
ws.onopen = () => ws.send('login');
ws.send('first');
ws.send('second');
ws.send('last');
assert.throws(() => ws.send('one too many'), { name: 'QuotaExceededError' });
assert.strictEqual(ws.readyState, WebSocket.CONNECTING);
await event(ws, 'close');
assert.deepStrictEqual(seen, ['login', 'first', 'second', 'last']);
await server.close();
