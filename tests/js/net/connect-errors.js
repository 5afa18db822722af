// What cannot be connected to is an error with the parts that Node gives it.

import assert from 'assert';
import net from 'net';

const failed = (socket) => new Promise((resolve) => { socket.on('error', resolve); });

const probe = net.createServer();
await new Promise((resolve) => { probe.listen(0, '127.0.0.1', resolve); });
const { port } = probe.address();
await new Promise((resolve) => { probe.close(resolve); });

const refused = await failed(net.connect(port, '127.0.0.1'));
assert.strictEqual(refused.message, `connect ECONNREFUSED 127.0.0.1:${port}`);
assert.deepStrictEqual(
  { ...refused },
  { errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port },
);
const missing = await failed(net.connect('/no/such.sock'));
assert.strictEqual(missing.message, 'connect ENOENT /no/such.sock');
assert.deepStrictEqual(
  { ...missing }, { errno: -2, code: 'ENOENT', syscall: 'connect', address: '/no/such.sock' },
);
// Several addresses of one name: one error of all.
const lookup = (host, options, callback) => callback(null, [
  { address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 },
]);
const all = await failed(net.connect({ port, host: 'two.example', lookup }));
assert(all instanceof AggregateError);
assert.strictEqual(all.code, 'ECONNREFUSED');
assert.deepStrictEqual(all.errors.map(({ address }) => address), ['127.0.0.1', '127.0.0.2']);
// A look-up that fails.
const lost = await failed(net.connect({
  port, host: 'none.example', lookup: (host, options, done) => done(new Error('lost')),
}));
assert.strictEqual(lost.message, 'lost');

for (const [given, code] of [
  [[{}], 'ERR_MISSING_ARGS'],
  [[{ port: 65536 }], 'ERR_SOCKET_BAD_PORT'],
  [[{ port: -1 }], 'ERR_SOCKET_BAD_PORT'],
  [[{ port: true }], 'ERR_INVALID_ARG_TYPE'],
  [[{ port: 1, host: 3 }], 'ERR_INVALID_ARG_TYPE'],
  [[{ port: 1, localAddress: 'x' }], 'ERR_INVALID_IP_ADDRESS'],
  [[{ port: 1, lookup: 3 }], 'ERR_INVALID_ARG_TYPE'],
]) {
  assert.throws(() => net.connect(...given), { code });
}
