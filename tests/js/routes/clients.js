// server.clients has the WebSockets of routes, counts them, finds them and closes them all.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const opened = [];
server.ws('/a', { open: (ws) => opened.push(ws) });
server.ws('/b', {});
const sockets = await Promise.all(['/a', '/b', '/none'].map((path) => open(url + path)));
while (server.clients.size < 3) await new Promise(setImmediate);
assert.strictEqual([...server.clients].length, 3);
assert.strictEqual(server.clients.get(opened[0].id), opened[0]);
assert(server.clients.has(opened[0]));
assert.deepStrictEqual(server.clients.filter(({ pathname }) => pathname === '/a'), opened);
const end = closing(sockets[1]);
sockets[1].close();
await end;
while (server.clients.size > 2) await new Promise(setImmediate);
const ends = Promise.all([sockets[0], sockets[2]].map(closing));
await server.clients.closeAll({ code: 1012 });
assert.deepStrictEqual((await ends).map(({ code }) => code), [1012, 1012]);
assert.strictEqual(server.clients.size, 0);
await server.close();
