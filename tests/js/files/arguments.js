// What `files` takes; what is wrong with it is said at once.

import assert from 'assert';
import { files } from 'krandog:files';

const here = import.meta.dirname;
assert.strictEqual(typeof files(here), 'function');
assert.strictEqual(typeof files(new URL('.', import.meta.url)), 'function');
assert.strictEqual(typeof files(import.meta.filename), 'function');
files(here, {
  index: false,
  fallback: 'index.html',
  dotfiles: true,
  listing: true,
  precompressed: false,
  maxAge: 60,
  immutable: true,
  headers: { 'x-own': 'yes', 'x-none': undefined },
});

for (const [options, expected] of [
  [{ idnex: 'a.html' }, /did you mean index\?/],
  [{ index: '../a.html' }, /false or the name of a file in the folder/],
  [{ index: '' }, /false or the name of a file in the folder/],
  [{ fallback: 5 }, /false or the name of a file in the folder/],
  [{ dotfiles: 'allow' }, /must be true or false, not 'allow'/],
  [{ maxAge: -1 }, /must be a whole number from 0/],
  [{ maxAge: '1h' }, /must be a whole number from 0/],
  [{ headers: 5 }, /must be an object/],
]) {
  assert.throws(() => files(here, options), { message: expected }, JSON.stringify(options));
}
assert.throws(() => files(), /files takes the path of a folder/);
assert.throws(() => files('./nowhere'), { code: 'ENOENT', path: './nowhere', syscall: 'open' });
assert.throws(() => files(here)({}), /takes a request/);
assert.throws(() => files(here)(), /takes a request/);
