// An origin that no browser sends would let nobody in: createServer() refuses it.

import assert from 'assert';
import http from 'http';

const STARS = "a star stands for names below a host, as in 'https://*.example.com', or for the port, "
  + "as in 'http://localhost:*'; for anything else pass a function (origin) => boolean";
const create = (...allowedOrigins) => http.createServer({ websocket: { allowedOrigins } });
for (const [origin, meant] of [
  ['x.y', "did you mean 'https://x.y'?"],
  ['localhost:3000', "did you mean 'https://localhost:3000'?"],
  ['https://x.y/', "did you mean 'https://x.y'?"],
  ['https://x.y:443', "did you mean 'https://x.y'?"],
  ['http://x.y/chat?a', "did you mean 'http://x.y'?"],
  ['*', "did you mean allowedOrigins: '*'?"],
  ['*.x.y', "did you mean 'https://*.x.y'?"],
  ['x.y:*', "did you mean 'https://x.y:*'?"],
  ['https://*.x.y/', "did you mean 'https://*.x.y'?"],
  ['http://*.x.y:80', "did you mean 'http://*.x.y'?"],
  ['https://x.*', STARS],
  ['https://a*.x.y', STARS],
  ['*://x.y', STARS],
  ['https://*.*.y', STARS],
  ['https://', "an origin looks like 'https://example.com'"],
]) {
  assert.throws(() => create('https://example.com', origin), {
    name: 'TypeError',
    message: `option websocket.allowedOrigins has '${origin}', which no browser sends: ${meant}`,
  });
}
create('https://*.x.y', 'https://*.x.y:*', 'http://x.y:*');
create('https://x.y', 'HTTP://X.Y:8080', 'http://[::1]:3000', 'null', 'chrome-extension://abc');
