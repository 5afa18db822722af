// Files of each ending, and what a program says of itself.
import assert from 'assert';
import { createRequire } from 'module';
import { kind as module, url } from './own/module.mts';
import common, { kind } from './own/common.cts';
import byType from './own/cjs/by-type.ts';
import { bom } from './own/bom.ts';

assert.deepEqual([module, kind, common.where.endsWith('/own')], ['module', 'common', true]);
assert.match(url, /^file:.*module\.mts$/);
assert.equal(byType.kind, 'commonjs by package.json');
assert.equal(bom, 'bom, crlf and hashbang');
assert.deepEqual([import.meta.main, import.meta.filename.endsWith('/imports.ts')], [true, true]);

const require: (name: string) => any = createRequire(import.meta.url);
assert.equal(require('./own/common.cts'), common);
assert.equal(require('./own/shape.ts').area({ side: 2 }), 4);
assert.throws(() => require('./own/shape'), {
  code: 'MODULE_NOT_FOUND',
  message: /did you mean 'shape\.ts'/,
});
