// The class inherits from no other; what it makes is an Error all the same.
import assert from 'assert';

assert.strictEqual(Object.getPrototypeOf(DOMException), Function.prototype);
assert.strictEqual(Object.getPrototypeOf(DOMException.prototype), Error.prototype);
class Own extends DOMException {}
const own = new Own('m', 'DataError');
assert.ok(own instanceof Own && own instanceof DOMException && own instanceof Error);
assert.match(own.stack, /prototype\.js/);
assert.deepStrictEqual(Reflect.ownKeys(own).filter((key) => key !== 'stack'), []);
assert.throws(() => DOMException.prototype.name, { code: 'ERR_INVALID_THIS' });
assert.throws(() => DOMException('m'), TypeError);
