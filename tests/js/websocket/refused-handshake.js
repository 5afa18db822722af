// A server that refuses: the error event has its status, a code, and what it said.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({});
const foreign = new WebSocket(url, { headers: { Origin: 'http://evil.example' } });
const [error, end] = await Promise.all([event(foreign, 'error'), closing(foreign)]);
assert.strictEqual(error.status, 403);
assert.strictEqual(error.code, 'HTTP_403');
assert.match(error.message, /allowedOrigins/);
assert.strictEqual(end.code, 1006);
await server.close();

const small = await serve({ websocket: { maxConnections: 1 } });
await open(small.url);
const crowded = new WebSocket(small.url);
assert.strictEqual((await event(crowded, 'error')).status, 503);
await small.server.close();
