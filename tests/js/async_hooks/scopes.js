// run, exit, enterWith, disable, and what is bound to a store.

import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import EventEmitter from 'node:events';

const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
assert.strictEqual(storage.getStore(), undefined);
assert.strictEqual(storage.run(1, (a, b) => a + b, 2, 3), 5);
storage.run(1, () => {
  other.run('o', () => assert.deepStrictEqual([storage.getStore(), other.getStore()], [1, 'o']));
  storage.exit(() => assert.strictEqual(storage.getStore(), undefined));
  assert.throws(() => storage.run(2, () => { throw new Error('thrown'); }), /thrown/);
  assert.deepStrictEqual([storage.getStore(), other.getStore()], [1, undefined]);
});
assert.throws(() => storage.run(1), TypeError);

const snapshot = storage.run('s', () => AsyncLocalStorage.snapshot());
assert.deepStrictEqual(snapshot((x) => [storage.getStore(), x], 1), ['s', 1]);
const bound = storage.run('b', () => AsyncLocalStorage.bind((x) => [storage.getStore(), x]));
assert.deepStrictEqual(bound(5), ['b', 5]);

// A listener runs in the store of whoever emits.
const emitter = new EventEmitter();
storage.run('on', () => emitter.on('x', () => assert.strictEqual(storage.getStore(), 'emit')));
storage.run('emit', () => emitter.emit('x'));

await new Promise((resolve) => {
  storage.run('outer', () => setTimeout(() => {
    storage.enterWith('entered');
    setTimeout(() => {
      assert.strictEqual(storage.getStore(), 'entered');
      resolve();
    });
  }));
});
await new Promise((resolve) => {
  setTimeout(() => {
    assert.strictEqual(storage.getStore(), undefined);
    resolve();
  });
});
storage.enterWith('top');
await null;
assert.strictEqual(storage.getStore(), 'top');
storage.disable();
assert.strictEqual(storage.getStore(), undefined);
storage.run('again', () => assert.strictEqual(storage.getStore(), 'again'));
