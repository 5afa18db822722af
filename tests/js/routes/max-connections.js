// maxConnections of a route counts its own WebSockets, those that are still to be decided on too.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { maxConnections: 4 } }, () => {});
const decisions = [];
server.ws('/two/:x', { maxConnections: 2 });
server.ws('/slow', {
  maxConnections: 1,
  upgrade: () => new Promise((resolve) => decisions.push(resolve)),
});
const refused = async (path) => {
  const error = await event(new WebSocket(url + path), 'error');
  return [error.status, error.headers['retry-after'], error.body];
};
const FULL = [503, '5', 'too many connections (option maxConnections of the route)\n'];

const first = await open(`${url}/two/1`);
await open(`${url}/two/2`);
assert.deepStrictEqual(await refused('/two/3'), FULL);
const end = closing(first);
first.close();
await end;
await open(`${url}/two/3`);
assert.deepStrictEqual(await refused('/two/1'), FULL);

const slow = new WebSocket(`${url}/slow`);
while (decisions.length === 0) await new Promise(setImmediate);
assert.deepStrictEqual(await refused('/slow'), FULL);
decisions.pop()(false);
await event(slow, 'close');
const again = open(`${url}/slow`);
while (decisions.length === 0) await new Promise(setImmediate);
decisions.pop()(true);
await again;

// Those of routes count for the server as well.
await open(`${url}/`);
const error = await event(new WebSocket(`${url}/`), 'error');
assert.strictEqual(error.status, 503);
assert.match(error.body, /server option maxConnections/);
await server.close();
