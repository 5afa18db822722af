// A message event has data and the origin of the server.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = await open(`${url}/path?query`);
const message = event(ws, 'message');
ws.send('hello');
const came = await message;
assert(came instanceof MessageEvent);
assert.strictEqual(came.type, 'message');
assert.strictEqual(came.data, 'hello');
assert.strictEqual(came.origin, url);
assert.strictEqual(came.target, ws);
assert.strictEqual(came.currentTarget, null);
assert.strictEqual(came.isTrusted, true);
assert.deepStrictEqual([came.bubbles, came.cancelable], [false, false]);
await server.close();
