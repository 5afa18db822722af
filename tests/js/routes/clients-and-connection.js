// WebSockets of routes are among the clients of their server, fire its event, and are in its hub.

import assert from 'assert';
import { ask, emitted, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws }) => void ws.send(`${ws.id}`));
server.ws('/early', {});
const fired = [];
server.on('connection', (ws) => fired.push(ws.pathname));
server.ws('/late', { open: (ws) => ws.join('room') });
server.hub.on('occupied', (room) => fired.push(room));

const early = await open(`${url}/early`);
const none = await open(`${url}/none`);
const late = await open(`${url}/late`);
while (fired.length < 4) await new Promise(setImmediate);
assert.deepStrictEqual(fired, ['/early', '/none', '/late', 'room']);
const paths = [...server.clients].map((ws) => ws.pathname);
assert.deepStrictEqual(paths.sort(), ['/early', '/late', '/none']);
const heard = Promise.all([early, none, late].map((ws) => event(ws, 'message')));
assert.strictEqual(server.hub.broadcast('all').sent, 3);
assert.deepStrictEqual((await heard).map(({ data }) => data), ['all', 'all', 'all']);
assert.strictEqual(server.hub.publish('room', 'some').sent, 1);
assert.strictEqual((await event(late, 'message')).data, 'some');
const id = Number(await ask(early, ''));
assert.strictEqual(server.hub.get(id).pathname, '/early');
server.close();
await emitted(server, 'close');
