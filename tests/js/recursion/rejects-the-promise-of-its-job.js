// A recursion that is too deep rejects the promise of the job in which it happens.

import assert from 'assert';

const descend = (depth) => descend(depth + 1) + 1;

const isTooDeep = (error) => {
  assert.ok(error instanceof RangeError, String(error));
  assert.match(error.message, /^too deep recursion: more than 8000 calls/);
  assert.match(error.stack, /^RangeError: too deep recursion.*\n {4}at descend \(/);
  return true;
};

const resolved = Promise.resolve(0);
await assert.rejects(resolved.then(descend), isTooDeep);
await assert.rejects(resolved.then(descend.bind(null)), isTooDeep);
await assert.rejects(resolved.finally(() => descend(0)), isTooDeep);
await assert.rejects(Promise.reject(0).catch(descend), isTooDeep);
await assert.rejects(Promise.resolve({ then: () => descend(0) }), isTooDeep);
await assert.rejects(resolved.then(() => ({ then: descend })), isTooDeep);
await assert.rejects(resolved.then(async () => descend(0)), isTooDeep);
await assert.rejects(resolved.then(() => [1].map(descend)), isTooDeep);
await assert.rejects(resolved.then(() => new Promise(() => descend(0))), isTooDeep);

// An async function that awaits such a promise can catch it.
const parse = async (text) => {
  try {
    return await resolved.then(() => descend(0));
  } catch (error) {
    return error;
  }
};
isTooDeep(await parse());

// So does an async function that calls itself without end.
const itself = async () => await itself();
await assert.rejects(resolved.then(itself), /^RangeError: too deep recursion: more than 8000 calls/);

// Again and again: nothing is left behind.
for (let round = 0; round < 50; round++) isTooDeep(await parse());
