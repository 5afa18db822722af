// path.matchesGlob: patterns of paths.

import assert from 'node:assert';
import path, { posix, win32 } from 'node:path';

for (const [name, pattern, fits] of [
  ['/foo/bar', '/foo/*', true],
  ['/foo/bar/baz', '/foo/*', false],
  ['/foo/bar/baz', '/foo/**', true],
  ['a/b/c.js', '**/*.js', true],
  ['c.js', '**/*.js', true],
  ['a/.b/c.js', '**/*.js', false],
  ['.c.js', '*.js', false],
  ['.c.js', '.*.js', true],
  ['abc', 'a?c', true],
  ['a/c', 'a?c', false],
  ['b', '[a-c]', true],
  ['d', '[!a-c]', true],
  ['x.ts', '*.{js,ts}', true],
  ['f3', 'f{1..5}', true],
  ['f6', 'f{1..5}', false],
  ['aab', '+(a)b', true],
  ['c', '@(a|b)', false],
  ['c', '!(a|b)', true],
  ['a', '!(a|b)', false],
  ['a.b', 'a.b', true],
  ['axb', 'a.b', false],
]) assert.strictEqual(posix.matchesGlob(name, pattern), fits, `${name} ${pattern}`);
assert.strictEqual(win32.matchesGlob('a\\b\\c', 'a\\*\\c'), true);
assert.strictEqual(path.matchesGlob('a', 'a'), true);
assert.throws(() => path.matchesGlob(1, 'a'), { code: 'ERR_INVALID_ARG_TYPE' });
