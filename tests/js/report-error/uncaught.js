// reportError reports an exception as if nothing had caught it, and goes on.
import assert from 'assert';

const seen = [];
process.on('uncaughtException', (error) => seen.push(error));
const error = new Error('reported');
assert.strictEqual(reportError(error), undefined);
reportError('text');
assert.deepStrictEqual(seen, [], 'not before this turn ends');
assert.throws(() => reportError(), { code: 'ERR_MISSING_ARGS' });
await new Promise((done) => setTimeout(done));
assert.deepStrictEqual(seen, [error, 'text']);
