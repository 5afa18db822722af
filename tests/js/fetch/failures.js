// Every failure is a TypeError of the same words, and its cause says what has happened, and where.

import assert from 'assert';
import { rejection, serve } from '../../support/fetch.js';

const { server, url } = await serve(() => 'x');
server.close();
for (const [input, code, message] of [
  [`${url}/path?q`, 'ECONNREFUSED', /^connect ECONNREFUSED 127\.0\.0\.1:\d+: connection refused$/],
  ['http://nowhere.invalid/', 'ENOTFOUND', /^cannot find the address of nowhere\.invalid/],
  ['file:///etc/passwd', 'ERR_UNSUPPORTED_SCHEME', /krandog:files/],
  ['ws://localhost/', 'ERR_UNSUPPORTED_SCHEME', /new WebSocket/],
  ['ftp://localhost/', 'ERR_UNSUPPORTED_SCHEME', /http:, https:, data: and blob:/],
  ['data:text/plain', 'ERR_INVALID_URL', /comma/],
]) {
  const error = await rejection(fetch(input));
  assert.strictEqual(error.name, 'TypeError');
  assert.strictEqual(error.message, 'fetch failed');
  assert.strictEqual(error.cause.code, code);
  assert.match(error.cause.message, message);
  assert.strictEqual(error.cause.url, input);
}
await assert.rejects(fetch(), { name: 'TypeError', code: 'ERR_MISSING_ARGS' });
await assert.rejects(fetch('/path'), /Failed to parse URL from \/path/);
await assert.rejects(fetch('http://user:secret@localhost/'), /user name and a password/);
