// A script reaches what it has opened and the standard streams by number, and nothing else: no socket
// of the server that it runs.
import assert from 'assert';
import fs from 'fs';
import http from 'http';

const server = http.createServer(() => 'still there');
await new Promise((resolve) => { server.listen(0, resolve); });
for (let fd = 3; fd < 64; fd++) {
  assert.throws(() => fs.closeSync(fd), { code: 'EBADF' });
  assert.throws(() => fs.writeSync(fd, 'x'), { code: 'EBADF' });
  assert.throws(() => fs.readSync(fd, Buffer.alloc(1)), { code: 'EBADF' });
}
const reply = await fetch(`http://127.0.0.1:${server.address().port}`);
assert.equal(await reply.text(), 'still there');
server.close();
assert(fs.fstatSync(2).isFile() || !fs.fstatSync(2).isDirectory());
