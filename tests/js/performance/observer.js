// An observer is told of all entries of a turn at once, of those before it where it asks for them.
import assert from 'assert';

const told = [];
const { promise, resolve } = Promise.withResolvers();
const observer = new PerformanceObserver((list, self) => {
  assert.strictEqual(self, observer);
  told.push(list.getEntries().map(({ name }) => name));
  assert.strictEqual(list.getEntriesByType('mark').length, 2);
  assert.strictEqual(list.getEntriesByName('m').length, 1);
  resolve();
});
observer.observe({ entryTypes: ['mark', 'measure', 'unknown'] });
assert.throws(() => observer.observe({ type: 'mark' }), { name: 'InvalidModificationError' });
performance.mark('a', { startTime: 1 });
performance.mark('b', { startTime: 3 });
performance.measure('m', 'a', 'b');
await promise;
assert.deepStrictEqual(told, [['a', 'm', 'b']]);
performance.mark('c');
assert.deepStrictEqual(observer.takeRecords().map(({ name }) => name), ['c']);
observer.disconnect();
performance.mark('d');

const buffered = Promise.withResolvers();
new PerformanceObserver((list) => buffered.resolve(list.getEntries().length))
  .observe({ type: 'mark', buffered: true });
assert.strictEqual(await buffered.promise, 4);
assert.deepStrictEqual(PerformanceObserver.supportedEntryTypes, ['function', 'mark', 'measure']);
assert.throws(() => new PerformanceObserver(), {
  message: 'The "callback" argument must be of type function. Received undefined',
});
assert.throws(() => observer.observe(), { code: 'ERR_MISSING_ARGS' });
