// A disk that is full: the error says so, and how much had been written.
import assert from 'assert';
import fs, { promises } from 'fs';

const wanted = {
  code: 'ENOSPC', errno: -28, syscall: 'write', bytesWritten: 0, message: 'ENOSPC: no space left on device, write',
};
assert.throws(() => fs.writeFileSync('/dev/full', 'x'), wanted);
assert.throws(() => fs.appendFileSync('/dev/full', Buffer.alloc(2 ** 20)), wanted);
await assert.rejects(promises.writeFile('/dev/full', 'x'), wanted);
const called = await new Promise((resolve) => { fs.writeFile('/dev/full', 'x', resolve); });
assert.equal(called.bytesWritten, 0);
const fd = fs.openSync('/dev/full', 'w');
assert.throws(() => fs.writeSync(fd, 'x'), { code: 'ENOSPC', syscall: 'write' });
fs.closeSync(fd);
