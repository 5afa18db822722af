// path/posix and path/win32 are modules of their own.

import assert from 'node:assert';
import path from 'node:path';
import posix, { join } from 'node:path/posix';
import win32 from 'node:path/win32';

assert.strictEqual(posix, path.posix);
assert.strictEqual(win32, path.win32);
assert.strictEqual(join('a', 'b'), 'a/b');
assert.strictEqual(win32.join('a', 'b'), 'a\\b');
