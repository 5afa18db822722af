// A function that `onread` names may have the rest wait, up to `resume`: nothing is lost, and the end
// comes last.

import assert from 'assert';
import net from 'net';

const size = 100_000;
const server = net.createServer((socket) => socket.end(Buffer.alloc(size, 1)));
await new Promise((resolve) => server.listen(0, resolve));
let bytes = 0;
let pauses = 0;
let isPaused = false;
await new Promise((resolve) => {
  const socket = net.connect({
    port: server.address().port,
    onread: {
      buffer: Buffer.alloc(1024),
      callback(count, buffer) {
        assert.strictEqual(isPaused, false);
        assert.strictEqual(buffer[count - 1], 1);
        bytes += count;
        if (bytes % 10_240 !== 0) return true;
        pauses += 1;
        isPaused = true;
        setImmediate(() => {
          isPaused = false;
          socket.resume();
        });
        return false;
      },
    },
  });
  socket.on('end', () => assert.strictEqual(bytes, size));
  socket.on('close', resolve);
});
assert.strictEqual(bytes, size);
assert.ok(pauses > 1, `${pauses}`);
server.close();
