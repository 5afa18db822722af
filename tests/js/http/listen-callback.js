// The callback of listen() is called once, after listen() has returned, in every form of the call.

import assert from 'assert';
import http from 'http';

const forms = [
  (server, callback) => server.listen(0, callback),
  (server, callback) => server.listen('0', callback),
  (server, callback) => server.listen(0, '127.0.0.1', callback),
  (server, callback) => server.listen(0, '127.0.0.1', 16, callback),
  (server, callback) => server.listen({ port: 0 }, callback),
  (server, callback) => server.listen(callback),
];
for (const listen of forms) {
  const server = http.createServer();
  let returned = false;
  let calls = 0;
  await new Promise((resolve) => {
    listen(server, () => {
      calls += 1;
      assert(returned);
      resolve();
    });
    returned = true;
  });
  await server.close();
  assert.strictEqual(calls, 1);
}
