// A response that is passed on says of its body what is true of what goes out, though it was decoded.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const length = 300_000;
const text = 'a'.repeat(length);
const compressed = () => new Response(
  new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')),
).bytes();
const small = await compressed();
const headers = { 'content-encoding': 'gzip', 'x-own': 'kept' };
const origin = await serve(() => ({ headers, body: small }));
const passed = await serve(async (req) => {
  const response = await fetch(origin.url);
  switch (req.pathname) {
    case '/again': return new Response(response.body, response);
    case '/clone': return response.clone();
    case '/raw': return fetch(origin.url, { decompress: false });
    default: return response;
  }
});
for (const path of ['/', '/again', '/clone']) {
  const response = await fetch(passed.url + path, { decompress: false });
  assert.strictEqual(response.headers.get('content-encoding'), null, path);
  assert.strictEqual(response.headers.get('x-own'), 'kept', path);
  assert.strictEqual((await response.text()).length, length, path);
}
const raw = await fetch(`${passed.url}/raw`, { decompress: false });
assert.strictEqual(raw.headers.get('content-encoding'), 'gzip');
assert.strictEqual((await raw.bytes()).length, small.length);
origin.server.close();
passed.server.close();
