// An endless recursion of async generators is an exception that can be caught, and ends nothing else.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

async function* delegates() {
  yield* delegates();
}
async function* loops() {
  for await (const value of loops()) yield value;
}
async function* between() {
  // With calls of functions between them.
  const call = (levels) => (levels > 0 ? call(levels - 1) : between().next());
  await call(4);
}
let caught = 0;
async function* catches() {
  try {
    yield* catches();
  } catch (error) {
    caught += 1;
    throw error;
  }
}
const tooDeep = { name: 'RangeError', message: /^too deep recursion: more than \d+ async generators/ };
for (const generator of [delegates, loops, between, catches]) {
  await assert.rejects(generator().next(), tooDeep, generator.name);
  await assert.rejects(async () => {
    for await (const value of generator()) assert.fail(value);
  }, tooDeep);
}
assert(caught > 100);

// One that is deep, but not endless.
async function* down(depth) {
  yield depth;
  if (depth > 0) yield* down(depth - 1);
}
let sum = 0;
for await (const depth of down(100)) sum += depth;
assert.strictEqual(sum, 5050);
const { next } = Object.getPrototypeOf(down.prototype);
assert.deepStrictEqual([next.name, next.length], ['next', 1]);

// Other functions that recurse are caught in a callback of a promise.
const recurse = () => recurse();
async function* calls() {
  yield await Promise.resolve().then(recurse);
}
await assert.rejects(calls().next(), { name: 'RangeError', message: /more than 8000 calls/ });

// In a handler, it is the end of one connection.
const { server, url } = await serve(async ({ ws, data }) => {
  if (data === 'deep') for await (const value of delegates()) ws.send(value);
  ws.send(data);
});
const [victim, other] = [await open(url), await open(url)];
victim.send('deep');
assert.strictEqual((await closing(victim)).code, 1011);
assert.strictEqual(await ask(other, 'still here'), 'still here');
await server.close();
