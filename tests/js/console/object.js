// The object as scripts see it: names, lengths, order and attributes of its properties.
import assert from 'assert';
import imported from 'node:console';

assert.strictEqual(imported, console);
const prototype = Object.getPrototypeOf(console);
assert.deepStrictEqual(Reflect.ownKeys(prototype), []);
assert.strictEqual(Object.getPrototypeOf(prototype), Object.prototype);
assert.strictEqual(String(console), '[object console]');
assert.deepStrictEqual(Object.keys(console), [
  'log', 'warn', 'error', 'dir', 'table', 'time', 'timeLog', 'timeEnd', 'count', 'countReset',
  'group', 'groupEnd', 'assert', 'trace', 'clear', 'info', 'debug', 'dirxml', 'groupCollapsed',
]);
const lengths = {};
const aliases = { info: 'log', debug: 'log', dirxml: 'log', groupCollapsed: 'group' };
for (const name of Object.keys(console)) {
  const { value, ...attributes } = Object.getOwnPropertyDescriptor(console, name);
  assert.deepStrictEqual(attributes, { writable: true, enumerable: true, configurable: true });
  assert.strictEqual(value.name, aliases[name] ?? name);
  assert.strictEqual(value.length, lengths[name] ?? 0);
  assert.strictEqual(value, console[aliases[name] ?? name]);
  assert.throws(() => new value(), TypeError);
}
assert.strictEqual(Object.getOwnPropertyDescriptor(globalThis, 'console').enumerable, false);
