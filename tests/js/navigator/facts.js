// navigator tells what is the same for all programs.
import assert from 'assert';

assert.match(navigator.userAgent, /^krandog\/\d+\.\d+\.\d+/);
assert.ok(Number.isInteger(navigator.hardwareConcurrency) && navigator.hardwareConcurrency > 0);
assert.deepStrictEqual([navigator.language, navigator.languages], ['en-US', ['en-US']]);
assert.strictEqual(navigator.platform, process.platform);
assert.ok(navigator instanceof Navigator);
assert.strictEqual(String(navigator), '[object Navigator]');
assert.throws(() => new Navigator(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
