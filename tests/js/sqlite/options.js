// Options of a database: what they do, and what is said of those that are wrong.
import assert from 'assert';
import { Database } from 'krandog:sqlite';

const pragma = (db, name) => Object.values(db.query(`PRAGMA ${name}`).get())[0];
const usual = new Database();
assert.strictEqual(usual.isOpen, true);
assert.strictEqual(usual.location(), null);
assert.strictEqual(pragma(usual, 'foreign_keys'), 1);
assert.strictEqual(pragma(usual, 'synchronous'), 1);
assert.strictEqual(pragma(usual, 'busy_timeout'), 5000);
const other = new Database(':memory:', { foreignKeys: false, synchronous: 'off', busyTimeout: 7 });
assert.strictEqual(pragma(other, 'foreign_keys'), 0);
assert.strictEqual(pragma(other, 'synchronous'), 0);
assert.strictEqual(pragma(other, 'busy_timeout'), 7);

for (const [options, message] of [
  [{ readOnly: true }, /unknown option readOnly: did you mean readonly\?/],
  [{ busyTimeout: -1 }, /option busyTimeout must be a whole number from 0 /],
  [{ synchronous: 'always' }, /option synchronous must be 'off', 'normal', 'full' or 'extra'/],
  [{ bigints: 1 }, /option bigints must be true or false/],
  [5, /Database takes options, not 5/],
]) {
  assert.throws(() => new Database(':memory:', options), { message });
}
assert.throws(() => new Database(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new Database('a\0b'), { code: /^ERR_/ });
assert.throws(() => Database(':memory:'), TypeError);
assert.throws(() => Database.prototype.exec.call({}, 'SELECT 1'), { code: 'ERR_INVALID_THIS' });

usual[Symbol.dispose]();
usual[Symbol.dispose]();
assert.strictEqual(usual.isOpen, false);
