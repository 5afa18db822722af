// The error of a refused opening handshake has the answer: status, headers, and up to 4 KiB of body.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

let body = 'please log in\n\u001b[2Jsecond line';
const { server, url } = await serve({
  websocket: {
    upgrade: () => ({ status: 401, headers: { 'WWW-Authenticate': 'Basic', 'Set-Cookie': 'a=b' }, body }),
  },
});
const refused = () => event(new WebSocket(url), 'error');
const error = await refused();
assert.strictEqual(error.code, 'HTTP_401');
assert.strictEqual(error.status, 401);
assert.strictEqual(error.headers['www-authenticate'], 'Basic');
assert.deepStrictEqual(error.headers['set-cookie'], ['a=b']);
assert.strictEqual(error.body, body);
assert.match(error.message, /401 .*: please log in$/);
body = `\u001b[31m${'x'.repeat(10_000)}`;
const long = await refused();
assert.strictEqual(long.body, body.slice(0, 4096));
assert(!long.message.includes('\u001b'), long.message);
await server.close();
