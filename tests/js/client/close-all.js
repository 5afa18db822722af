// closeAll: every outgoing socket, whatever its state, with what close takes.

import assert from 'assert';
import { closeAll, connections } from 'krandog:client';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
await closeAll();
const sockets = await Promise.all([open(url), open(url), open(url)]);
sockets.push(new WebSocket(url));
const codes = sockets.map((ws) => event(ws, 'close').then(({ code, reason }) => [code, reason]));
await assert.rejects(closeAll(1), { name: 'InvalidAccessError' });
assert.strictEqual(connections().length, 4);
await closeAll(4000, 'all of you');
assert.ok(sockets.every((ws) => ws.readyState === WebSocket.CLOSED));
assert.deepStrictEqual(await Promise.all(codes), [
  [4000, 'all of you'], [4000, 'all of you'], [4000, 'all of you'], [1006, ''],
]);
assert.deepStrictEqual(connections(), []);
await server.close();
