// A server echoes what a client sends, and both sides end in order.

import assert from 'assert';
import net from 'net';

const events = [];
const server = net.createServer((socket) => {
  assert(socket instanceof net.Socket);
  assert.strictEqual(socket.server, server);
  socket.on('data', (chunk) => socket.write(chunk));
  socket.on('end', () => events.push('server end'));
  socket.on('close', (hadError) => events.push(`server close ${hadError}`));
});
server.listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
const { port, address, family } = server.address();
assert.deepStrictEqual([address, family], ['127.0.0.1', 'IPv4']);

const client = net.connect(port, '127.0.0.1');
assert.strictEqual(client.connecting, true);
assert.strictEqual(client.readyState, 'opening');
let text = '';
client.setEncoding('utf8');
client.on('connect', () => {
  assert.strictEqual(client.readyState, 'open');
  assert.strictEqual(client.remotePort, port);
  assert.strictEqual(client.remoteAddress, '127.0.0.1');
  assert.strictEqual(client.remoteFamily, 'IPv4');
  assert.strictEqual(client.address().port, client.localPort);
  client.write('hello ');
  client.write(Buffer.from('wörld'));
});
client.on('data', (chunk) => {
  text += chunk;
  if (text === 'hello wörld') client.end();
});
client.on('end', () => events.push('client end'));
await new Promise((resolve) => { client.once('close', resolve); });
assert.strictEqual(text, 'hello wörld');
assert.deepStrictEqual([client.bytesRead, client.bytesWritten], [12, 12]);
assert.strictEqual(client.destroyed, true);
await new Promise((resolve) => { server.close(resolve); });
assert.deepStrictEqual(events.slice().sort(), ['client end', 'server close false', 'server end']);
