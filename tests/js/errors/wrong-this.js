// A method or an attribute on an object of another class is a TypeError with Node's code.

import assert from 'assert';
import { performance } from 'perf_hooks';

const faults = [];
const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const setter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).set;
const cases = {
  URL: [
    URL.prototype.toString,
    URL.prototype.toJSON,
    getter(URL.prototype, 'href'),
    setter(URL.prototype, 'hash'),
    getter(URL.prototype, 'searchParams'),
  ],
  URLSearchParams: [
    ...['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'keys', 'toString'].map(
      (name) => URLSearchParams.prototype[name],
    ),
    getter(URLSearchParams.prototype, 'size'),
  ],
  EventTarget: [
    EventTarget.prototype.addEventListener,
    EventTarget.prototype.removeEventListener,
    EventTarget.prototype.dispatchEvent,
  ],
  Event: [getter(Event.prototype, 'type'), Event.prototype.preventDefault],
  AbortSignal: [getter(AbortSignal.prototype, 'aborted'), AbortSignal.prototype.throwIfAborted],
  AbortController: [AbortController.prototype.abort, getter(AbortController.prototype, 'signal')],
  TextEncoder: [TextEncoder.prototype.encode],
  TextDecoder: [TextDecoder.prototype.decode],
  Blob: [Blob.prototype.slice, getter(Blob.prototype, 'size')],
  WebSocket: [WebSocket.prototype.send, getter(WebSocket.prototype, 'readyState')],
  Performance: [Object.getPrototypeOf(performance).now],
};
for (const [name, methods] of Object.entries(cases)) {
  for (const [at, method] of methods.entries()) {
    for (const wrong of [undefined, null, 1, 'x', {}, Object.create(globalThis[name].prototype)]) {
      // An event listener's `this` may be the global object.
      try {
        method.call(wrong, 'x', () => {});
        faults.push(`${name} ${at} ${String(wrong)}: nothing`);
      } catch (error) {
        if (!(error instanceof TypeError) || error.code !== 'ERR_INVALID_THIS') {
          faults.push(`${name} ${at}: ${error.code} ${error}`);
        } else if (error.message !== `Value of "this" must be of type ${name}`) {
          faults.push(`${name} ${at}: ${error.message}`);
        }
      }
    }
  }
}
assert.deepStrictEqual(faults, []);
