// An origin that no browser sends would let nobody in: createServer() refuses it.

import assert from 'assert';
import http from 'http';

const create = (...allowedOrigins) => http.createServer({ websocket: { allowedOrigins } });
for (const [origin, meant] of [
  ['x.y', "did you mean 'https://x.y'?"],
  ['localhost:3000', "did you mean 'https://localhost:3000'?"],
  ['https://x.y/', "did you mean 'https://x.y'?"],
  ['https://x.y:443', "did you mean 'https://x.y'?"],
  ['http://x.y/chat?a', "did you mean 'http://x.y'?"],
  ['*', "did you mean allowedOrigins: '*'?"],
  ['https://*.x.y', 'for more than one host pass a function (origin) => boolean'],
  ['https://', "an origin looks like 'https://example.com'"],
]) {
  assert.throws(() => create('https://example.com', origin), {
    name: 'TypeError',
    message: `option websocket.allowedOrigins has '${origin}', which no browser sends: ${meant}`,
  });
}
create('https://x.y', 'HTTP://X.Y:8080', 'http://[::1]:3000', 'null', 'chrome-extension://abc');
