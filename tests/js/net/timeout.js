// 'timeout' comes once a socket has been idle for so long, and does not end it.

import assert from 'assert';
import net from 'net';

const server = net.createServer((socket) => { socket.resume(); });
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const client = net.connect(server.address().port, '127.0.0.1');
client.setTimeout(20);
assert.strictEqual(client.timeout, 20);
await new Promise((resolve) => { client.once('timeout', resolve); });
assert.strictEqual(client.destroyed, false);
client.setTimeout(0);
client.on('timeout', () => assert.fail('it was turned off'));
assert.throws(() => client.setTimeout('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => client.setTimeout(-1), { code: 'ERR_OUT_OF_RANGE' });
client.end();
await new Promise((resolve) => { client.once('close', resolve); });
server.close();
