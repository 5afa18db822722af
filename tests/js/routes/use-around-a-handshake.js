// What server.use has added runs around opening handshakes too: it can refuse them, and add to the
// 101.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const log = [];
const { server, url } = await serve(({ ws, data }) => void ws.send(`${data} ${ws.data}`));
server.use(async (req, next) => {
  const reply = await next();
  log.push(`${req.pathname} ${reply.status} ${JSON.stringify(req.params)}`);
});
server.use('/private/*', (req, next) => (req.query.key === undefined ? { status: 401 } : next()));
server.ws('/private/chat/:room', {
  upgrade: ({ query }) => (query.key === '1' ? { data: 'one', headers: { 'X-A': 'b' } } : false),
  message: (ws, data) => void ws.send(`${data} ${ws.data} ${ws.params.room}`),
});
server.ws('/thrown', { upgrade: () => { throw new Error('expected: thrown'); } });
// This comes too late for the routes above, but not for what has none.
server.use((req, next) => {
  log.push(`late ${req.pathname}`);
  return next();
});

const refusal = async (path) => (await event(new WebSocket(url + path), 'error')).status;
assert.strictEqual(await refusal('/private/chat/x'), 401);
assert.strictEqual(await refusal('/private/other'), 401);
assert.strictEqual(await refusal('/private/chat/x?key=2'), 403);
assert.strictEqual(await refusal('/thrown'), 500);
assert.strictEqual(await ask(await open(`${url}/private/chat/x?key=1`), 'hi'), 'hi one x');
assert.strictEqual(await ask(await open(`${url}/private/other?key=1`), 'hi'), 'hi undefined');
assert.strictEqual(await ask(await open(`${url}/`), 'hi'), 'hi undefined');
assert.deepStrictEqual(log, [
  '/private/chat/x 401 {"0":"chat/x"}',
  '/private/other 401 {"0":"other"}',
  '/private/chat/x 403 {"room":"x"}',
  '/private/chat/x 101 {"room":"x"}',
  'late /private/other',
  '/private/other 101 {}',
  'late /',
  '/ 101 {}',
]);
await server.close();
