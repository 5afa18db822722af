// lodash: CommonJS, one function as the default export.
import assert from 'assert';
import _ from 'lodash';
import chunk from 'lodash/chunk.js';

assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);
assert.deepEqual(_.groupBy(['a', 'bb', 'c'], 'length'), { 1: ['a', 'c'], 2: ['bb'] });
assert.equal(_.template('hello <%= name %>')({ name: 'you' }), 'hello you');
