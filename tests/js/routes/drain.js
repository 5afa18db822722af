// A server that closes bit by bit tells the WebSockets of its routes too, and cuts off who stays.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
server.ws('/a/:x', {});
server.ws('/b', {});
const paths = ['/a/1', '/b', '/a/2', '/none'];
const sockets = await Promise.all(paths.map((path) => open(url + path)));
// It answers no Close frame.
const stubborn = await open(`${url}/a/3`);
stubborn.pause();
const ends = sockets.map(closing);
const cut = closing(stubborn);
const done = server.close({ code: 1012, spread: 40, drain: 200 });
for (const end of ends) assert.strictEqual((await end).code, 1012);
await done;
stubborn.resume();
await cut;
assert.strictEqual(server.clients.size, 0);
