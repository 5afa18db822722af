// Handlers that are async functions and return a promise. The path says which one is meant; each is
// the handler of a server of its own, and its port is printed.

import http from 'http';

const later = (value) => new Promise((resolve) => setTimeout(resolve, 5, value));
const thenable = (value) => ({ then: (resolve) => void setTimeout(resolve, 5, value) });
// Not written in JavaScript, as are the functions with which the engine resumes others.
const native = Function.prototype.bind.call(Math.max, null);

const handlers = [
  async function promise() {
    return later('x');
  },
  async function custom() {
    return thenable('x');
  },
  async function promiseAfterAwait() {
    await null;
    return later('x');
  },
  async function customAfterAwait() {
    await null;
    return thenable('x');
  },
  async function promiseAfterWait() {
    await later();
    return later('x');
  },
  async function withCallbacks() {
    await null;
    later().then(native, native);
    return later('x');
  },
  async function withCallback() {
    later().then(native);
    await later();
    later().then(native);
    return thenable('x');
  },
  async function resolved() {
    const { promise, resolve, reject } = Promise.withResolvers();
    await null;
    later('x').then(resolve, reject);
    return promise;
  },
  async function caught() {
    try {
      await Promise.reject(new Error('no'));
    } catch {
      return later('x');
    }
    return undefined;
  },
];

for (const handler of handlers) {
  const server = http.createServer(handler);
  server.listen(0, () => console.log(handler.name, server.address().port));
}
