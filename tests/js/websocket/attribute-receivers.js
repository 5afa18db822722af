// Attributes and methods work on WebSockets alone: any other receiver is a TypeError.

import assert from 'assert';

const ws = new WebSocket('ws://127.0.0.1:9/');
ws.onerror = () => {};
const own = Object.getOwnPropertyDescriptors(WebSocket.prototype);
const receivers = [undefined, null, 1, 'ws', {}, WebSocket.prototype, new EventTarget()];
for (const [name, { get, set, value }] of Object.entries(own)) {
  for (const receiver of receivers) {
    if (get) assert.throws(() => get.call(receiver), TypeError, `get ${name}`);
    if (set) assert.throws(() => set.call(receiver, 'blob'), TypeError, `set ${name}`);
    if (typeof value === 'function' && name !== 'constructor') {
      assert.throws(() => value.call(receiver, 'x'), TypeError, name);
    }
  }
  if (get) get.call(ws);
}
// It is looked at before the value is converted.
const fails = { toString: () => assert.fail('it was converted') };
assert.throws(() => own.binaryType.set.call({}, fails), TypeError);
ws.binaryType = 'nonsense';
assert.strictEqual(ws.binaryType, 'blob');
ws.close();
