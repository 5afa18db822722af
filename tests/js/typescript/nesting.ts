// A file that nests too deeply is refused, and does not end the process.
import assert from 'assert';
import { createRequire } from 'module';

await assert.rejects(import('./own/deep.ts'), {
  name: 'RangeError',
  message: /deep\.ts is nested too deeply: more than 500 brackets/,
});
const require: (name: string) => unknown = createRequire(import.meta.url);
assert.throws(() => require('./own/deep.ts'), { name: 'RangeError' });
