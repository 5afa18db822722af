// process.env holds strings, whatever is assigned.
import assert from 'assert';

process.env.KRANDOG_TEST = 5;
assert.strictEqual(process.env.KRANDOG_TEST, '5');
assert.ok('KRANDOG_TEST' in process.env);
assert.ok(Object.keys(process.env).includes('KRANDOG_TEST'));
delete process.env.KRANDOG_TEST;
assert.strictEqual(process.env.KRANDOG_TEST, undefined);
