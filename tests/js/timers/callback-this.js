// `this` in a callback is what the call returned, so an interval can end itself.
import assert from 'assert';

const { promise, resolve } = Promise.withResolvers();
const seen = [];
const timeout = setTimeout(function () {
  seen.push(this === timeout);
});
const immediate = setImmediate(function () {
  seen.push(this === immediate);
});
setInterval(function () {
  clearInterval(this);
  seen.push('interval');
  setTimeout(resolve, 10);
}, 2);
await promise;
assert.deepStrictEqual(seen.sort(), ['interval', true, true].sort());
