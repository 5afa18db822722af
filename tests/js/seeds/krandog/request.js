// What the handler gets with a message: the connection, the data, the path and the header fields.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';

const requests = [];
const { server, url } = await serve((req) => {
  const { type, ws, data, pathname, headers } = req;
  requests.push([type, data, pathname, headers.upgrade, headers['sec-websocket-key'].length]);
  assert.strictEqual(ws.readyState, 1);
  ws.send(`got ${data}`);
  if (ws.readyState === 1) ws.send('still open');
  ws.close();
  assert.strictEqual(ws.readyState, 2);
});
const ws = await open(`${url}/some/path`);
const heard = [];
ws.onmessage = ({ data }) => heard.push(data);
ws.send('hello');
await event(ws, 'close');
assert.deepStrictEqual(heard, ['got hello', 'still open']);
assert.deepStrictEqual(requests, [['websocket', 'hello', '/some/path', 'websocket', 24]]);
await server.close();
