// A port that is taken: an error event that names it.

import assert from 'assert';
import http from 'http';
import { emitted, serve } from '../../support/network.js';

const { server } = await serve(() => 'first');
const { port } = server.address();

const second = http.createServer().listen(port);
const error = await emitted(second, 'error');
assert.strictEqual(error.code, 'EADDRINUSE');
assert.strictEqual(error.syscall, 'listen');
assert.strictEqual(error.port, port);
assert.match(error.message, new RegExp(`\\b${port}\\b`));
assert.strictEqual(second.listening, false);

// It can try again once the port is free.
await server.close();
second.listen(port);
await emitted(second, 'listening');
await second.close();
