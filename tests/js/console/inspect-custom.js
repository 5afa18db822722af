// An object may say how it is shown.
import assert from 'assert';
import { inspect } from 'util';

const custom = Symbol.for('nodejs.util.inspect.custom');
assert.strictEqual(inspect.custom, custom);
assert.strictEqual(inspect({ x: { [custom]: (depth) => `at ${depth}` } }), '{ x: at 1 }');
assert.strictEqual(inspect({ [custom]: () => ({ y: 1 }) }), '{ y: 1 }');
