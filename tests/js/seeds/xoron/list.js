// All connections of the process: their numbers, addresses and states, and one call to end them all.

import assert from 'assert';
import { closeAll, connections } from 'krandog:client';
import { closing, open, serve } from '../../../support/network.js';

const codes = [];
const { server, url } = await serve({ websocket: { close: (_, code) => void codes.push(code) } });
assert.deepStrictEqual(connections(), []);
const sockets = [await open(`${url}/one`), await open(`${url}/two`)];
assert.deepStrictEqual(
  connections().map(({ id, url: address, state }) => [id, address, state]),
  sockets.map((ws, at) => [ws.id, `${url}/${['one', 'two'][at]}`, 'open']),
);
assert.strictEqual(sockets[0].url, `${url}/one`);
assert.strictEqual(connections().find(({ id }) => id === sockets[1].id).socket, sockets[1]);

const ends = sockets.map(closing);
await closeAll(1000, 'that is all');
for (const end of await Promise.all(ends)) {
  assert.deepStrictEqual(end, { code: 1000, reason: 'that is all', wasClean: true });
}
assert.deepStrictEqual(connections(), []);
await server.close();
assert.deepStrictEqual(codes, [1000, 1000]);
