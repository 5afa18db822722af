// Whatever adds a route returns its server.

import assert from 'assert';
import http from 'http';

const server = http.createServer();
for (const method of [
  'get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'use', 'ws',
]) {
  assert.strictEqual(server[method]('/a', () => {}), server, method);
  assert.strictEqual(server[method].name, method);
}
assert.strictEqual(server.use(() => {}), server);
