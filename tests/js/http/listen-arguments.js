// listen() refuses ports that are none, and a second call.

import assert from 'assert';
import http from 'http';

for (const port of [-1, 65536, 1.5, NaN, true, 'http', {}.x ?? 'x']) {
  assert.throws(() => http.createServer().listen(port), {
    name: 'RangeError',
    code: 'ERR_SOCKET_BAD_PORT',
    message: /port must be a whole number from 0 to 65535/,
  });
}
const server = http.createServer().listen(0);
assert.throws(() => server.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
await server.close();
