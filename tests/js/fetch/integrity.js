// A content is only handed out if it has one of the hashes that it must have.

import assert from 'assert';
import { createHash } from 'crypto';
import { rejection, serve } from '../../support/fetch.js';

const hash = (content, kind = 'sha256') => `${kind}-${createHash(kind).update(content).digest('base64')}`;
const text = 'some content. '.repeat(10_000);
const requests = [];
const { server, url } = await serve({ compress: true }, (req) => {
  requests.push(req.url);
  switch (req.pathname) {
    case '/moved': return { status: 302, headers: { location: '/text' } };
    case '/empty': return { status: 204 };
    case '/short': return 'hello';
    case '/missing': return { status: 404, body: 'nothing here' };
    case '/bit-by-bit': return (async function* () {
      for (let at = 0; at < text.length; at += 30_000) yield text.slice(at, at + 30_000);
    })();
    case '/fails': return { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' };
    case '/endless': return (async function* () {
      yield 'hello';
      await new Promise((resolve) => req.signal.addEventListener('abort', resolve));
    })();
    case '/large': return new Uint8Array(64 * 1024 * 1024 + 1);
    default: return text;
  }
});
const ask = (path, integrity, init) => fetch(url + path, { integrity, ...init });
async function refused(promise, message) {
  const error = await rejection(promise);
  assert(error instanceof TypeError);
  assert.strictEqual(error.message, 'fetch failed');
  assert.strictEqual(error.cause.code, 'ERR_INTEGRITY');
  assert.match(error.cause.message, message);
  assert(error.cause.url.length > 0);
}

for (const kind of ['sha256', 'sha384', 'sha512']) {
  assert.strictEqual(await (await ask('/short', hash('hello', kind))).text(), 'hello');
  const found = hash('hello', kind).replaceAll('+', '\\+');
  await refused(ask('/short', hash('hullo', kind)), new RegExp(`it has ${found}$`));
}
// What counts is the content, however it comes.
for (const path of ['/text', '/bit-by-bit', '/moved']) {
  for (const init of [{}, { headers: { 'accept-encoding': 'identity' } }]) {
    const response = await ask(path, hash(text), init);
    assert.strictEqual(response.redirected, path === '/moved');
    assert.strictEqual(await response.clone().text(), text);
    assert.strictEqual((await response.bytes()).length, text.length);
    await refused(ask(path, hash('other'), init), /the content is not what integrity says/);
  }
}
// Of several, one of the strongest kind.
assert((await ask('/short', `${hash('a')} ${hash('hello')} md5-x`)).ok);
assert((await ask('/short', `${hash('a')} ${hash('hello', 'sha384')}`)).ok);
await refused(ask('/short', `${hash('hello')} ${hash('a', 'sha512')}`), /it has sha512-/);
assert((await fetch(new Request(`${url}/short`, { integrity: hash('hello') }))).ok);
await refused(fetch(new Request(`${url}/short`, { integrity: hash('a') })), /is not what/);

assert.strictEqual((await ask('/missing', hash('nothing here'))).status, 404);
await refused(ask('/missing', hash('hello')), /is not what/);
await refused(ask('/empty', hash('')), /the response has no content/);
await refused(ask('/short', hash('hello'), { method: 'HEAD' }), /the response has no content/);
await refused(ask('/large', hash('hello')), /more than 67108864 bytes/);
assert.strictEqual((await rejection(ask('/fails', hash('no gzip')))).cause.code, 'ERR_CONTENT_DECODING');
// Nothing comes before all has.
const controller = new AbortController();
const waits = ask('/endless', hash('hello'), { signal: controller.signal });
assert.strictEqual(await Promise.race([waits, ask('/short', hash('hello')).then(() => 'other')]), 'other');
controller.abort('enough');
assert.strictEqual(await rejection(waits), 'enough');

assert.strictEqual(await (await fetch('data:,hello', { integrity: hash('hello') })).text(), 'hello');
await refused(fetch('data:,hullo', { integrity: hash('hello') }), /is not what/);
const blob = URL.createObjectURL(new Blob(['hello']));
assert.strictEqual(await (await fetch(blob, { integrity: hash('hello') })).text(), 'hello');
await refused(fetch(blob, { integrity: hash('hullo') }), /is not what/);

// What would check nothing never leaves.
requests.length = 0;
const error = await rejection(ask('/short', 'sha265-x'));
assert.match(error.message, /option integrity has no hash that is known: 'sha265-x'/);
assert.deepStrictEqual(requests, []);
server.close();
