// close() of a server ends the WebSockets of its routes, and resolves once the last is gone.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const closed = [];
server.ws('/a', { close: (ws, code, reason) => closed.push([ws.pathname, code, reason]) });
server.ws('/b/:x', { close: (ws, code, reason) => closed.push([ws.pathname, code, reason]) });
const sockets = await Promise.all(['/a', '/b/1', '/c', '/b/2'].map((path) => open(url + path)));
sockets[1].pause();
let settled = false;
const done = server.close({ code: 1012, reason: 'later' }).then(() => (settled = true));
const ends = await Promise.all([0, 2, 3].map((at) => closing(sockets[at])));
assert.deepStrictEqual(ends, ends.map(() => ({ code: 1012, reason: 'later', wasClean: true })));
assert.strictEqual(settled, false);
sockets[1].terminate();
await done;
closed.sort();
assert.deepStrictEqual(closed.map(([path]) => path), ['/a', '/b/1', '/b/2']);
assert.deepStrictEqual(closed[0], ['/a', 1012, 'later']);
