// The option signal: a socket ends when it is aborted, whatever its state.

import assert from 'assert';
import events from 'events';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});

async function ending(ws) {
  const [{ code, message }, end] = await Promise.all([event(ws, 'error'), closing(ws)]);
  assert.deepStrictEqual(end, { code: 1006, reason: '', wasClean: false });
  assert.strictEqual(ws.readyState, WebSocket.CLOSED);
  return { code, message };
}

// Before it begins.
let ws = new WebSocket(url, { signal: AbortSignal.abort(new Error('never mind')) });
assert.strictEqual(ws.readyState, WebSocket.CONNECTING);
assert.deepStrictEqual(await ending(ws), { code: 'ABORT_ERR', message: 'aborted: never mind' });

// While it connects.
let controller = new AbortController();
ws = new WebSocket(url, { signal: controller.signal });
ws.onopen = () => assert.fail('it opened');
let end = ending(ws);
controller.abort('a string');
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
assert.deepStrictEqual(await end, { code: 'ABORT_ERR', message: 'aborted: a string' });

// While it is open.
controller = new AbortController();
ws = await open(url, { signal: controller.signal });
end = ending(ws);
controller.abort();
assert.strictEqual((await end).code, 'ABORT_ERR');

// One that is over does not hear of it, and leaves nothing behind.
controller = new AbortController();
ws = await open(url, { signal: controller.signal });
assert.strictEqual(events.getEventListeners(controller.signal, 'abort').length, 1);
ws.onerror = () => assert.fail('an error');
ws.close();
await closing(ws);
assert.strictEqual(events.getEventListeners(controller.signal, 'abort').length, 0);
controller.abort();

assert.throws(() => new WebSocket(url, { signal: {} }), { code: 'ERR_INVALID_ARG_TYPE' });
await server.close();
