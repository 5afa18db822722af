// What a handler gets for a message: {type, ws, data, pathname, headers}.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const requests = [];
const { server, url } = await serve((req) => {
  requests.push(req);
  req.ws.send('got it');
});
const ws = await open(`${url}/a%20b/c?d=e`, { headers: { 'X-Test': 'Yes', Cookie: 'a=1' } });
ws.send('text');
await event(ws, 'message');
ws.send(new Uint8Array([0, 1, 0, 255]));
await event(ws, 'message');

const [text, binary] = requests;
assert.strictEqual(text.type, 'websocket');
assert.strictEqual(text.data, 'text');
assert.strictEqual(text.pathname, '/a%20b/c');
assert.strictEqual(text.headers['x-test'], 'Yes');
assert.strictEqual(text.headers.cookie, 'a=1');
assert.strictEqual(text.headers.upgrade, 'websocket');
assert.strictEqual(text.headers, binary.headers);
assert.strictEqual(text.ws, binary.ws);
assert(text.ws instanceof WebSocket);
assert(binary.data instanceof Uint8Array);
assert.deepStrictEqual(Array.from(binary.data), [0, 1, 0, 255]);

const { type, data, pathname } = text;
assert.deepStrictEqual([type, data, pathname], ['websocket', 'text', '/a%20b/c']);
assert.deepStrictEqual(
  Object.keys(JSON.parse(JSON.stringify(text))).sort(),
  ['data', 'headers', 'pathname', 'type', 'ws'],
);
await server.close();
