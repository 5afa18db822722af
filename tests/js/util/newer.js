// What newer versions of Node.js have in util, and what very old packages call.

import assert from 'node:assert';
import util, { getCallSites, getSystemErrorMessage, parseEnv, styleText } from 'node:util';
import types from 'node:util/types';

assert.strictEqual(getSystemErrorMessage(-13), 'permission denied');
assert.deepStrictEqual(parseEnv('A=1\n# no\nB="x\\ny" # c\nexport C= d e # f\nD=\'q # r\'\n\nE\n'), {
  A: '1', B: 'x\ny', C: 'd e', D: 'q # r',
});
function caller() {
  return getCallSites(1);
}
const [site] = caller();
assert.strictEqual(site.functionName, 'caller');
assert.ok(site.scriptName.endsWith('newer.js') && site.lineNumber > 1);
assert.strictEqual(styleText('none', 'x'), 'x');
assert.strictEqual(styleText('red', 'x', { stream: { write() {}, isTTY: false } }), 'x');
assert.deepStrictEqual(util._extend({ a: 1 }, { b: 2 }), { a: 1, b: 2 });
assert.strictEqual(util.types, types);
assert.strictEqual(types.isExternal({}), false);
const log = util.debuglog('anything', (made) => assert.strictEqual(typeof made, 'function'));
log('not shown');
