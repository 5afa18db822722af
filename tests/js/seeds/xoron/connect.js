// One connection with four callbacks, and a value of the caller's own that comes along.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  if (data === 'leave') ws.close(4002, 'as you wish');
  else ws.send(data.toUpperCase());
});
const told = [];
const ws = new WebSocket(url);
ws.data = { player: 7 };
ws.onopen = ({ target }) => {
  told.push('open', target.data.player);
  ws.send('hello');
};
ws.onmessage = ({ data }) => {
  told.push(data);
  ws.send('leave');
};
ws.onclose = ({ code, reason }) => told.push(code, reason);
ws.onerror = ({ message }) => assert.fail(message);
await event(ws, 'close');
assert.deepStrictEqual(told, ['open', 7, 'HELLO', 4002, 'as you wish']);

// The number of a connection is never 0 and belongs to it alone.
const other = new WebSocket(url);
assert(ws.id > 0 && other.id > ws.id);
await event(other, 'open');
await server.close();
