// EventSource is an EventTarget with the constants and attributes of the standard.
import assert from 'assert';

assert.deepStrictEqual([EventSource.CONNECTING, EventSource.OPEN, EventSource.CLOSED], [0, 1, 2]);
assert.strictEqual(EventSource.prototype.CLOSED, 2);
assert.ok(EventSource.prototype instanceof EventTarget);
assert.strictEqual(EventSource.length, 1);

const source = new EventSource('http://a.example', { fetch: () => new Promise(() => {}) });
assert.strictEqual(String(source), '[object EventSource]');
assert.strictEqual(source.url, 'http://a.example/');
const order = [];
assert.strictEqual(source.onmessage, null);
source.onmessage = () => order.push('first');
source.addEventListener('message', () => order.push('listener'));
const second = () => order.push('second');
source.onmessage = second;
assert.strictEqual(source.onmessage, second);
source.dispatchEvent(new MessageEvent('message'));
assert.deepStrictEqual(order, ['second', 'listener']);
source.onmessage = null;
source.onmessage = 5;
assert.strictEqual(source.onmessage, null);
source.dispatchEvent(new MessageEvent('message'));
assert.deepStrictEqual(order, ['second', 'listener', 'listener']);
source.close();
