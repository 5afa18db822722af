// listen() takes a host by either of its two names, and refuses one that is not a string.

import assert from 'assert';
import http from 'http';
import { emitted } from '../../support/network.js';

for (const name of ['host', 'hostname']) {
  const server = http.createServer().listen({ port: '0', [name]: '127.0.0.1' });
  await emitted(server, 'listening');
  assert.strictEqual(server.address().address, '127.0.0.1');
  await server.close();
  assert.throws(() => http.createServer().listen({ port: 0, [name]: 127 }), {
    code: 'ERR_INVALID_ARG_TYPE',
    message: new RegExp(`^option ${name} must be a name or an address`),
  });
}
for (const backlog of [-1, 65536, '16']) {
  assert.throws(() => http.createServer().listen({ port: 0, backlog }), {
    code: 'ERR_OUT_OF_RANGE',
    message: /^option backlog must be a whole number from 0 to 65535, not /,
  });
}
