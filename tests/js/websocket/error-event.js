// The error event of an outgoing socket is a plain Event; what went wrong is in its own properties.

import assert from 'assert';
import { event } from '../../support/network.js';

const ws = new WebSocket('ws://127.0.0.1:9/');
const error = await event(ws, 'error');
assert.strictEqual(String(error), '[object Event]');
assert.strictEqual(Object.getPrototypeOf(error), Event.prototype);
assert.strictEqual(error instanceof ErrorEvent, false);
assert.deepStrictEqual([error.isTrusted, error.cancelable, error.bubbles], [true, false, false]);
assert.deepStrictEqual(Object.keys(error).sort(), ['code', 'error', 'message', 'status']);
assert.strictEqual(error.status, undefined);
assert.strictEqual(error.code, 'ECONNREFUSED');
assert.strictEqual(error.error.message, error.message);
assert.strictEqual(error.error.code, error.code);
