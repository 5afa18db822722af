// A signal ends a call at any time: before it begins, before the response, in the middle of it.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => {
  if (req.pathname === '/big') return 'x'.repeat(20_000_000);
  return new Promise(() => {});
});

const early = await rejection(fetch(url, { signal: AbortSignal.abort() }));
assert.strictEqual(early.name, 'AbortError');
const reason = new Error('mine');
assert.strictEqual(await rejection(fetch(url, { signal: AbortSignal.abort(reason) })), reason);

const controller = new AbortController();
const waiting = rejection(fetch(url, { signal: controller.signal }));
controller.abort(reason);
assert.strictEqual(await waiting, reason);

const late = await rejection(fetch(url, { signal: AbortSignal.timeout(20) }));
assert.strictEqual(late.name, 'TimeoutError');

const middle = new AbortController();
const response = await fetch(`${url}/big`, { signal: middle.signal });
const reader = response.body.getReader();
const { value } = await reader.read();
assert(value.length > 0);
middle.abort(reason);
assert.strictEqual(await rejection((async () => {
  for (;;) if ((await reader.read()).done) return;
})()), reason);

// The signal of a Request counts as well.
const third = new AbortController();
const request = new Request(url, { signal: third.signal });
const asked = rejection(fetch(request));
third.abort(reason);
assert.strictEqual(await asked, reason);
server.close();
process.exit(0);
