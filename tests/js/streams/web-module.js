// node:stream/web has the classes that are global.

import assert from 'assert';
import * as web from 'node:stream/web';
import whole, { ReadableStream as Same } from 'stream/web';

const names = Object.keys(web).filter((name) => name !== 'default');
assert.strictEqual(names.length, 17);
for (const name of names) assert.strictEqual(web[name], globalThis[name], name);
assert.strictEqual(Same, ReadableStream);
assert.strictEqual(whole.TransformStream, TransformStream);
