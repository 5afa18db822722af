// resolve starts at the last absolute part or the current directory; relative goes between two.
import assert from 'assert';
import path from 'path';
import process from 'process';

assert.strictEqual(path.resolve('/a', 'b', '../c'), '/a/c');
assert.strictEqual(path.resolve('/a', '/b'), '/b');
assert.strictEqual(path.resolve('x'), path.join(process.cwd(), 'x'));
assert.strictEqual(path.relative('/a/b/c', '/a/d'), '../../d');
assert.strictEqual(path.relative('/a', '/a'), '');
