// The option proxy is false or a URL; what is wrong with it is said without showing it.

import assert from 'assert';
import { event } from '../../support/network.js';

for (const proxy of ['ftp://user:secret@localhost', 'https://localhost', 'socks4://localhost', '', 'a b']) {
  assert.throws(() => new WebSocket('ws://127.0.0.1:9/', { proxy }), (error) => {
    assert.strictEqual(error.code, 'ERR_INVALID_ARG_VALUE');
    assert.match(error.message, /^option proxy is wrong: /);
    assert(!error.message.includes('secret'));
    return true;
  });
}
for (const proxy of [true, 1, null]) {
  assert.throws(() => new WebSocket('ws://127.0.0.1:9/', { proxy }), { code: 'ERR_INVALID_ARG_TYPE' });
}
// Nothing listens there, and no password is told.
for (const proxy of ['http://user:secret@127.0.0.1:9', new URL('socks5://user:secret@127.0.0.1:9')]) {
  const { code, message } = await event(new WebSocket('ws://host.example/', { proxy }), 'error');
  assert.strictEqual(code, 'ECONNREFUSED');
  assert.match(message, /^the proxy \w+:\/\/127\.0\.0\.1:9 did not connect to host\.example:80: /);
}
const unix = await event(new WebSocket('ws+unix:/tmp/x', { proxy: 'localhost' }), 'error');
assert.match(unix.message, /proxy/);
