// address() tells where a server listens, and is null when it does not.

import assert from 'assert';
import http from 'http';
import { emitted } from '../../support/network.js';

const server = http.createServer(() => 'hello');
assert.strictEqual(server.address(), null);
assert.strictEqual(server.listening, false);
assert.strictEqual(server.listen({ port: 0, host: '127.0.0.1' }), server);
await emitted(server, 'listening');
assert.strictEqual(server.listening, true);
const { address, family, port } = server.address();
assert.deepStrictEqual([address, family], ['127.0.0.1', 'IPv4']);
assert(Number.isInteger(port) && port > 0);
await server.close();
assert.strictEqual(server.address(), null);
assert.strictEqual(server.listening, false);
