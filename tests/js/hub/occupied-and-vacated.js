// The hub tells when a room gets its first member and loses its last, in order, never at once.

import assert from 'assert';
import { emitted, event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [a, b] } = await pairs(2);
const { hub } = server;
const told = [];
hub.on('occupied', (room, { local }) => told.push(['occupied', room, local]));
hub.on('vacated', (room, { local }) => told.push(['vacated', room, local]));
hub.join(a.ws, 'x');
hub.join(b.ws, 'x');
hub.subscribe(b.ws, '*');
hub.join(b.ws, 'y');
hub.leave(b.ws, 'y');
assert.deepStrictEqual(told, [], 'not while the script asks for something else');
await new Promise((resolve) => setTimeout(resolve));
assert.deepStrictEqual(told.splice(0), [
  ['occupied', 'x', true], ['occupied', 'y', true], ['vacated', 'y', true],
]);
hub.leave(a.ws, 'x');
const closed = event(b.ws, 'close').then(() => told.push('closed'));
const vacated = emitted(hub, 'vacated');
b.client.close();
await Promise.all([closed, vacated]);
assert.deepStrictEqual(told, ['closed', ['vacated', 'x', true]]);
await server.close();
