// A recursion that is too deep in a function that has awaited something is heard by
// `uncaughtException`, once, wherever the loop has called the function.

import assert from 'assert';
import { EventEmitter } from 'events';
import { closing, open, serve } from '../../support/network.js';

const descend = (depth) => descend(depth + 1) + 1;

async function plunge() {
  await null;
  descend(0);
}

const places = {
  setTimeout: () => setTimeout(plunge),
  setImmediate: () => setImmediate(plunge),
  nextTick: () => process.nextTick(plunge),
  queueMicrotask: () => queueMicrotask(plunge),
  bound: () => setTimeout(plunge.bind(null)),
  listener() {
    const target = new EventTarget();
    target.addEventListener('x', plunge);
    target.dispatchEvent(new Event('x'));
  },
  emitter: () => new EventEmitter().on('x', plunge).emit('x'),
  once: () => new EventEmitter().once('x', plunge).emit('x'),
  later() {
    setTimeout(async function plunge() {
      for (let round = 0; round < 3; round++) await new Promise((resolve) => setTimeout(resolve));
      Promise.resolve().then(() => {});
      descend(0);
    });
  },
  thrown() {
    setTimeout(async function plunge() {
      try {
        await Promise.reject(new Error('x'));
      } catch {
        descend(0);
      }
    });
  },
};

let heard = [];
process.on('uncaughtException', (error, origin) => heard.push([error, origin]));
const once = async () => {
  while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => setTimeout(resolve));
  const [[error, origin], ...others] = heard;
  heard = [];
  assert.deepStrictEqual(others, []);
  assert.strictEqual(origin, 'uncaughtException');
  return error;
};

for (const [name, start] of Object.entries(places)) {
  setTimeout(start);
  const error = await once();
  assert.ok(error instanceof RangeError, name);
  assert.match(error.message, /^too deep recursion: .*, after an await$/, name);
  assert.match(error.stack, /\n {4}at async plunge \(.*after-an-await\.js\)$/, name);
}

// A handler's connection ends as well.
const { server, url } = await serve({ websocket: { message: plunge } }, plunge);
const ws = await open(url);
ws.send('go');
assert.strictEqual((await closing(ws)).code, 1011);
assert.match((await once()).message, /^too deep recursion: .*, after an await$/);
await server.close();

// Nothing is heard of functions that end, wait for ever, or throw.
process.on('unhandledRejection', (reason) => heard.push([reason]));
const callbacks = [
  async () => {},
  async () => {
    await null;
    return descend;
  },
  async () => {
    await null;
    Promise.resolve().then(Math.abs);
  },
  async () => {
    Promise.resolve().then(Math.abs);
    await new Promise(() => {});
  },
  () => Promise.resolve().then(Math.abs),
  () => {
    Promise.resolve().then(Math.abs);
    return new Promise(() => {});
  },
  Promise.resolve.bind(Promise, 1),
  Array.prototype.map.bind([1, 2], async () => await null),
  async function* () {
    await null;
  },
];
for (const callback of callbacks) setTimeout(callback);
await new Promise((resolve) => setTimeout(resolve, 5));
assert.deepStrictEqual(heard, []);
setTimeout(async () => {
  await null;
  throw new TypeError('mine');
});
while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve));
assert.strictEqual(heard[0][0].message, 'mine');
