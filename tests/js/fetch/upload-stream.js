// The body of a request can be a stream, which is read as the server takes it.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const { server, url } = await serve({ maxBody: 4_000_000 }, (req) => {
  if (req.pathname === '/moved') return { status: 307, headers: { location: '/' } };
  const length = req.headers['content-length'] ?? req.headers['transfer-encoding'];
  return `${length} ${req.body.length} ${req.body.slice(0, 9)}`;
});
const post = (body, more) => ({ method: 'POST', duplex: 'half', body, ...more });
const text = (parts) => ReadableStream.from(parts.map((part) => new TextEncoder().encode(part)));

assert.strictEqual(await (await fetch(url, post(text(['one,', 'two']))).then((r) => r.text())), 'chunked 7 one,two');
assert.strictEqual(await (await fetch(url, post(text([])))).text(), 'chunked 0 ');
let pulled = 0;
const large = new ReadableStream({
  pull(controller) {
    pulled += 1;
    if (pulled > 30) return controller.close();
    controller.enqueue(new Uint8Array(100_000).fill(97));
  },
});
assert.strictEqual(await (await fetch(url, post(large))).text(), 'chunked 3000000 aaaaaaaaa');
// With a length that the script knows.
const known = post(text(['hello']), { headers: { 'content-length': '5' } });
assert.strictEqual(await (await fetch(url, known)).text(), '5 5 hello');

for (const parts of [['hello!'], ['hi']]) {
  const wrong = post(text(parts), { headers: { 'content-length': '5' } });
  const error = await rejection(fetch(url, wrong));
  assert.match(error.cause.message, /the body is (longer|shorter) than its Content-Length says/);
}
// What the stream fails with is why the call fails.
const reason = new Error('mine');
const failing = new ReadableStream({ pull(controller) { controller.error(reason); } });
const error = await rejection(fetch(url, post(failing)));
assert.strictEqual(error.message, 'fetch failed');
assert.strictEqual(error.cause, reason);
// It cannot be sent twice.
const moved = await rejection(fetch(`${url}/moved`, post(text(['a']))));
assert.strictEqual(moved.cause.code, 'ERR_REDIRECT');
// A call that is aborted lets go of it.
const controller = new AbortController();
const { promise, resolve } = Promise.withResolvers();
const endless = new ReadableStream({
  pull(it) { it.enqueue(new Uint8Array(10)); controller.abort(reason); },
  cancel: resolve,
});
assert.strictEqual(await rejection(fetch(url, post(endless, { signal: controller.signal }))), reason);
assert.strictEqual(await promise, reason);
await assert.rejects(fetch(url, { method: 'POST', body: text(['a']) }), /duplex: 'half'/);
server.close();
