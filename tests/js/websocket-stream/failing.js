// A WebSocketStream that does not open rejects `opened` and `closed` with what went wrong.

import assert from 'assert';
import { serve } from '../../support/network.js';

const refused = new WebSocketStream('ws://127.0.0.1:9/');
const isRefusal = (error) => {
  assert(error instanceof WebSocketError && error instanceof DOMException);
  assert.deepStrictEqual([error.name, error.closeCode, error.reason], ['WebSocketError', 1006, '']);
  assert.match(error.message, /ECONNREFUSED/);
  return true;
};
await assert.rejects(refused.opened, isRefusal);
await assert.rejects(refused.closed, isRefusal);

const isReason = (error) => error === 'no longer needed';
const aborted = AbortSignal.abort('no longer needed');
const before = new WebSocketStream('ws://127.0.0.1:9/', { signal: aborted });
await assert.rejects(before.opened, isReason);
await assert.rejects(before.closed, isReason);

const { server, url } = await serve();
const controller = new AbortController();
const meanwhile = new WebSocketStream(url, { signal: controller.signal });
controller.abort('no longer needed');
await assert.rejects(meanwhile.opened, isReason);

// Once it is open, the signal is not heard.
const later = new AbortController();
const stream = new WebSocketStream(url, { signal: later.signal });
const { readable } = await stream.opened;
later.abort();
stream.close();
assert.strictEqual((await readable.getReader().read()).done, true);
await server.close();
