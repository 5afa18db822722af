// Datagrams there and back, with whom they come from.

import assert from 'assert';
import dgram from 'dgram';

const server = dgram.createSocket('udp4');
server.on('message', (message, from) => {
  assert(Buffer.isBuffer(message));
  assert.deepStrictEqual([from.address, from.family, from.size], ['127.0.0.1', 'IPv4', message.length]);
  server.send(`echo ${message}`, from.port, from.address);
});
await new Promise((resolve) => { server.bind(0, '127.0.0.1', resolve); });
const { port, address, family } = server.address();
assert.deepStrictEqual([address, family], ['127.0.0.1', 'IPv4']);
const client = dgram.createSocket({ type: 'udp4' });
const next = () => new Promise((resolve) => { client.once('message', (text) => resolve(String(text))); });
const sent = (...given) => new Promise((resolve, reject) => {
  client.send(...given, (error, bytes) => (error ? reject(error) : resolve(bytes)));
});
let answer = next();
assert.strictEqual(await sent('hello', port, '127.0.0.1'), 5);
assert.strictEqual(await answer, 'echo hello');
answer = next();
assert.strictEqual(await sent(Buffer.from('xhellox'), 1, 5, port, '127.0.0.1'), 5);
assert.strictEqual(await answer, 'echo hello');
answer = next();
await sent(['a', Buffer.from('b')], port, 'localhost');
assert.strictEqual(await answer, 'echo ab');
// Connected.
await new Promise((resolve) => { client.connect(port, '127.0.0.1', resolve); });
assert.strictEqual(client.remoteAddress().port, port);
answer = next();
await sent('c');
assert.strictEqual(await answer, 'echo c');
assert.throws(() => client.send('d', 0, 1, port), { code: 'ERR_SOCKET_DGRAM_IS_CONNECTED' });
client.disconnect();
assert.throws(() => client.remoteAddress(), { code: 'ERR_SOCKET_DGRAM_NOT_CONNECTED' });
answer = next();
await sent('e', port, '127.0.0.1');
assert.strictEqual(await answer, 'echo e');
client.close();
await new Promise((resolve) => { server.close(resolve); });
assert.throws(() => server.send('x', port), { code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' });
