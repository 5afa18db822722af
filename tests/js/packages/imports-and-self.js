// Names with # are a package's own, and it can import itself by its name.
import assert from 'assert';
import { any, join, other, own, self } from 'importing';

assert.deepEqual([own, any, self], ['own', 'own', 'self.js']);
assert.equal(join('a', 'b'), 'a/b');
assert.equal(other.name, 'plain');
await assert.rejects(import('#own'), { code: 'ERR_PACKAGE_IMPORT_NOT_DEFINED' });
