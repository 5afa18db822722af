// ws+unix:/path/of/the.sock:/path connects to a Unix socket.

import assert from 'assert';
import http from 'http';
import { closing, event } from '../../support/network.js';

const path = `/tmp/krandog test ${process.pid}.sock`;
const seen = [];
const server = http.createServer({
  websocket: { upgrade: (req) => void seen.push([req.url, req.headers.host]) },
}, ({ ws, data }) => void ws.send(data)).listen(path);
await new Promise((resolve) => server.once('listening', resolve));
for (const [rest, target] of [['', '/'], [':', '/'], [':/chat?a=b:c', '/chat?a=b:c']]) {
  const ws = new WebSocket(`ws+unix:${path}${rest}`);
  await event(ws, 'open');
  assert.deepStrictEqual(seen.pop(), [target, 'localhost']);
  assert.strictEqual(ws.pathname, target.split('?')[0]);
  ws.send('hello');
  const message = await event(ws, 'message');
  assert.strictEqual(message.data, 'hello');
  ws.close();
  await closing(ws);
}
await server.close();

const nobody = new WebSocket(`ws+unix:${path}`);
const error = await event(nobody, 'error');
assert.strictEqual(error.code, 'ENOENT');
assert(error.message.includes(path), error.message);
for (const wrong of ['ws+unix:', 'ws+unix://host/x', 'ws+unix::/x', 'ws+unix:/x#y']) {
  assert.throws(() => new WebSocket(wrong), { name: 'SyntaxError' }, wrong);
}
