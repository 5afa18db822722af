// Whatever a value does while it is looked at, the inspector returns a text.
import assert from 'assert';
import { inspect } from 'util';

const boom = () => {
  throw new Error('trap');
};
const traps = { get: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom };
const custom = Symbol.for('nodejs.util.inspect.custom');
const values = [
  new Proxy({}, traps),
  new Proxy([], traps),
  new Proxy(() => {}, traps),
  { [custom]: boom },
  { get [Symbol.toStringTag]() { return boom(); } },
  Object.defineProperty(new Error('x'), 'stack', { get: boom }),
];
for (const value of values) assert.strictEqual(typeof inspect({ value }), 'string');
let deep = {};
for (let level = 0; level < 1000; level++) deep = { deep };
assert.strictEqual(typeof inspect(deep, { depth: Infinity }), 'string');
