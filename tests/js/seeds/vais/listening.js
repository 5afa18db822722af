// Whether a server listens, why not, and how it stops.

import assert from 'assert';
import http from 'http';
import { closing, emitted, event, open } from '../../../support/network.js';

const server = http.createServer(() => {});
assert.strictEqual(server.listening, false);
server.listen(0);
await emitted(server, 'listening');
assert.strictEqual(server.listening, true);
const { port } = server.address();
assert(port > 0);

// Another one cannot have the port.
const second = http.createServer(() => {});
const failure = emitted(second, 'error');
second.listen(port);
assert.strictEqual((await failure).code, 'EADDRINUSE');
assert.strictEqual(second.listening, false);

const ws = await open(`ws://127.0.0.1:${port}`);
const end = closing(ws);
await server.close();
assert.strictEqual(server.listening, false);
assert.strictEqual((await end).code, 1001);
const late = await event(new WebSocket(`ws://127.0.0.1:${port}`), 'error');
assert.notStrictEqual(late.code, undefined);

// The same by the name that `await using` has for it.
await http.createServer(() => {}).listen(0)[Symbol.asyncDispose]();
