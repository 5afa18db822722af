// A module may have constants of these names, as code for other runtimes does.
import assert from 'assert';

const __dirname = 'mine';
const require = (name) => name;
assert.strictEqual(__dirname, 'mine');
assert.strictEqual(require('x'), 'x');
