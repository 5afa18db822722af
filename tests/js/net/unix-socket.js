// A path in the file system in place of a port.

import assert from 'assert';
import net from 'net';

const path = `/tmp/krandog-net-${process.pid}.sock`;
const server = net.createServer((socket) => socket.end(`path ${socket.remoteAddress}`));
await new Promise((resolve) => { server.listen(path, resolve); });
assert.strictEqual(server.address(), path);
const again = net.createServer().listen(path);
const error = await new Promise((resolve) => { again.once('error', resolve); });
assert.strictEqual(error.code, 'EADDRINUSE');
assert.strictEqual(error.message, `listen EADDRINUSE: address already in use ${path}`);
const client = net.createConnection({ path });
let text = '';
client.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
await new Promise((resolve) => { client.once('close', resolve); });
assert.strictEqual(text, 'path undefined');
await new Promise((resolve) => { server.close(resolve); });
const gone = await new Promise((resolve) => { net.connect(path).once('error', resolve); });
assert.strictEqual(gone.code, 'ENOENT');
