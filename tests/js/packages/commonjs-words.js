// A CommonJS file has require, module, exports and the names of where it is.
import assert from 'assert';
import knowing from 'knowing';

const folder = import.meta.dirname + '/node_modules/knowing';
assert.equal(knowing.filename, folder + '/index.js');
assert.equal(knowing.dirname, folder);
assert.deepEqual([knowing.isThis, knowing.sloppy, knowing.isMain], [true, true, false]);
assert.equal(knowing.module.id, knowing.filename);
assert.equal(knowing.module.loaded, true);
assert.equal(knowing.module.paths[0], folder + '/node_modules');
assert.equal(knowing.module.paths.at(-1), '/node_modules');
const { require } = knowing;
assert.deepEqual(require('./data.json'), { answer: 42 });
assert.equal(require('./data'), require('./data.json'));
assert.equal(require('./folder'), 'folder');
assert.equal(require.resolve('./folder'), folder + '/folder/index.js');
assert.equal(require.resolve('fs-or-not/'.slice(0, 0) + 'path'), 'path');
assert.equal(require.cache[folder + '/index.js'], knowing.module);
assert.equal(require('events'), (await import('events')).default);
