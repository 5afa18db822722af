// A server has at most 1000 routes.

import assert from 'assert';
import http from 'http';

const server = http.createServer();
for (let at = 0; at < 998; at++) server.get(`/${at}`, () => {});
server.ws('/ws', {}).use(() => {});
for (const add of ['get', 'ws', 'use']) {
  assert.throws(() => server[add]('/more', () => {}), {
    name: 'RangeError',
    code: 'ERR_OUT_OF_RANGE',
    message: "a server has at most 1000 routes: let one with a group such as '/users/:id' serve "
      + 'many paths',
  });
}
