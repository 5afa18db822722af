// A server that is unref'ed does not keep the process; this test ends by itself.

import assert from 'assert';
import http from 'http';

const before = http.createServer();
assert.strictEqual(before.unref(), before);
before.listen(0);
const after = http.createServer().listen(0);
assert.strictEqual(after.ref(), after);
after.unref();
