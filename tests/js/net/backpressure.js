// A write says when to wait, 'drain' says when to go on, and a paused reader holds the writer back.

import assert from 'assert';
import net from 'net';

const SIZE = 8 * 1024 * 1024;
const chunk = Buffer.alloc(64 * 1024, 'x');
let waited = 0;
const server = net.createServer((socket) => {
  let sent = 0;
  const go = () => {
    while (sent < SIZE) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        waited++;
        socket.once('drain', go);
        return;
      }
    }
    socket.end();
  };
  go();
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const client = net.connect(server.address().port, '127.0.0.1');
let got = 0;
let pauses = 0;
client.on('data', (bytes) => {
  got += bytes.length;
  if (pauses < 3) {
    pauses++;
    client.pause();
    const before = got;
    setImmediate(() => {
      assert.strictEqual(got, before);
      client.resume();
    });
  }
});
await new Promise((resolve) => { client.once('end', resolve); });
assert.strictEqual(got, SIZE);
assert.strictEqual(pauses, 3);
assert(waited > 0);
server.close();
