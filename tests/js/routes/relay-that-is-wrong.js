// A relay rule that names no room ends the WebSocket with 1011, and the server lives.

import assert from 'assert';
import http from 'http';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve();
server.ws('/promise', { relay: async () => 'a' });
server.ws('/empty', { relay: () => '' });
server.ws('/number', { relay: () => 7 });
server.ws('/unknown', { relay: () => ({ room: 'a', rat: 1 }) });
server.ws('/nowhere', { relay: () => ({ rate: 1 }) });
server.ws('/throws', { relay: () => { throw new Error('expected: thrown'); } });
for (const path of ['/promise', '/empty', '/number', '/unknown', '/nowhere', '/throws']) {
  const ws = new WebSocket(url + path);
  assert.strictEqual((await closing(ws)).code, 1011, path);
}
assert.throws(() => server.ws('/a', { relay: 7 }), {
  code: 'ERR_INVALID_ARG_TYPE',
  message: 'option relay must be the name of a room, { room } with options of relay, or a function '
    + 'of these, not 7',
});
// What is the same for all sockets is looked at when the route is added.
assert.throws(() => server.ws('/a', { relay: { rom: 'a' } }),
  { code: 'ERR_INVALID_ARG_VALUE', message: /^unknown option relay\.rom: did you mean room\?/ });
assert.throws(() => server.ws('/a', { relay: { room: 'a', maxPayload: -1 } }),
  { code: 'ERR_OUT_OF_RANGE', message: /^option relay\.maxPayload / });
for (const relay of ['', { room: '' }]) {
  assert.throws(() => server.ws('/a', { relay }), { code: 'ERR_INVALID_ARG_VALUE', message: /'room'/ });
}
for (const relay of [{}, { rate: 5 }, { room: 5 }]) {
  assert.throws(() => server.ws('/a', { relay }), { code: 'ERR_INVALID_ARG_TYPE' });
}
// It belongs to routes.
assert.throws(() => http.createServer({ websocket: { relay: 'a' } }), {
  code: 'ERR_INVALID_ARG_VALUE', message: /^unknown option websocket\.relay/,
});
server.ws('/fine', { relay: 'a' });
await open(`${url}/fine`);
await server.close();
