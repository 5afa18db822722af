// Which file a package is depends on conditions, the first of them that holds.
import assert from 'assert';
import { createRequire } from 'module';
import main from 'exporting';
import conditions from 'exporting/conditions';
import nested from 'exporting/nested';
import list from 'exporting/list';

assert.deepEqual([main, conditions, nested, list], ['krandog', 'import', 'import', 'import']);
const require = createRequire(import.meta.url);
assert.equal(require('exporting/conditions'), 'require');
assert.equal(require('exporting/nested'), 'require');
