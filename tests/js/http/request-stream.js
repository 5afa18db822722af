// Large bodies both ways: what waits is bounded, and 'drain' and 'pause' say so.

import assert from 'assert';
import http, { get, request } from 'http';
import { emitted } from '../../support/network.js';

const size = 3_000_000;
const body = 'x'.repeat(size);
const server = http.createServer({ maxBody: 4_000_000 }, (req) => (
  req.method === 'GET' ? body : `${req.body.length}`
)).listen(0, '127.0.0.1');
const options = { host: '127.0.0.1', port: server.address().port };

const paused = await emitted(get(options), 'response');
let count = 0;
paused.on('data', (chunk) => {
  count += chunk.length;
  paused.pause();
  assert.strictEqual(paused.isPaused(), true);
  setTimeout(() => paused.resume(), 0);
});
await emitted(paused, 'end');
assert.strictEqual(count, size);

const upload = request({ ...options, method: 'POST' });
const chunk = new Uint8Array(100_000);
let drains = 0;
for (let sent = 0; sent < 30; sent += 1) {
  if (!upload.write(chunk)) {
    drains += 1;
    await emitted(upload, 'drain');
  }
}
assert(drains > 0);
const finished = emitted(upload, 'finish');
upload.end();
await finished;
let answer = '';
for await (const part of await emitted(upload, 'response')) answer += new TextDecoder().decode(part);
assert.strictEqual(answer, '3000000');

// From a response into a request.
const copy = request({ ...options, method: 'PUT' });
(await emitted(get(options), 'response')).pipe(copy);
let copied = '';
for await (const part of await emitted(copy, 'response')) copied += new TextDecoder().decode(part);
assert.strictEqual(copied, `${size}`);
// A loop that is left ends the connection.
for await (const part of await emitted(get(options), 'response')) if (part.length > 0) break;
server.close();
