// Sockets are streams: piped, read by `for await`, and written by pipeline.

import assert from 'assert';
import net from 'net';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';

const server = net.createServer((socket) => { socket.pipe(socket); });
await new Promise((resolve) => { server.listen(0, resolve); });
const client = net.connect(server.address().port);
const sending = pipeline(Readable.from(['a', 'b', 'c'.repeat(100_000)]), client, { end: true })
  .catch(() => {});
let length = 0;
for await (const chunk of client) length += chunk.length;
await sending;
assert.strictEqual(length, 100_002);
server.close();
