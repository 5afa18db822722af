// listen() refuses what would be ignored, or taken for every address, at once.

import assert from 'assert';
import http from 'http';

const refuses = (args, message) => {
  assert.throws(() => http.createServer().listen(...args), { message });
};
for (const path of ['', null, 7, {}]) {
  refuses([{ path }], /^option path must be a path such as '\.\/app\.sock', not /);
}
for (const name of ['host', 'hostname']) {
  for (const host of ['', null, 7]) {
    refuses([{ port: 0, [name]: host }],
      new RegExp(`^option ${name} must be a name or an address such as '127\\.0\\.0\\.1', not `));
  }
}
refuses([0, ''], /^option host must be a name or an address/);
refuses([0, true], /^option host must be a name or an address/);
refuses([0, { host: '127.0.0.1' }],
  'listen takes options in place of the port: listen({ port, host })');
refuses([{ port: 0, path: './app.sock' }], /^listen takes a port or a path, not both/);
refuses(['app.sock'], /not 'app\.sock'; a path has a slash, such as '\.\/app\.sock'$/);

const server = http.createServer().listen({ port: 0, hostname: '127.0.0.1', host: undefined });
assert.strictEqual(server.address().address, '127.0.0.1');
await server.close();
