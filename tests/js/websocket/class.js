// The shape of the class, as scripts written for browsers look at it.

import assert from 'assert';

assert.strictEqual(WebSocket.name, 'WebSocket');
assert.strictEqual(WebSocket.length, 1);
assert.strictEqual(Object.getPrototypeOf(WebSocket), EventTarget);
assert.strictEqual(Object.getPrototypeOf(WebSocket.prototype), EventTarget.prototype);
assert.strictEqual(WebSocket.prototype[Symbol.toStringTag], 'WebSocket');
assert.strictEqual(WebSocket.prototype.send.length, 1);
assert.strictEqual(WebSocket.prototype.close.length, 0);
const global = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
assert.deepStrictEqual([global.writable, global.enumerable, global.configurable], [true, false, true]);
assert.throws(() => WebSocket.prototype.readyState, TypeError);

class Named extends WebSocket {
  get shouted() {
    return this.url.toUpperCase();
  }
}
const ws = new Named('ws://127.0.0.1:9/');
assert(ws instanceof Named && ws instanceof WebSocket);
assert.strictEqual(ws.shouted, 'WS://127.0.0.1:9/');
