// What is wrong with trustProxy is named.

import assert from 'assert';
import http from 'http';

for (const [options, message] of [
  [{ trustProxy: 'example.com' },
    "option trustProxy is wrong: 'example.com' is no address, no network such as 10.0.0.0/8, and "
    + "none of 'loopback', 'private' and 'linklocal'"],
  [{ trustProxy: ['127.0.0.1', '10.0.0.0/33'] }, /'10\.0\.0\.0\/33' is no address/],
  [{ trustProxy: -1 }, 'option trustProxy must be a whole number from 0 to 64, not -1'],
  [{ trustProxy: {} }, /^option trustProxy must be true, false, the number of proxies in front, or/],
  [{ trustProxyHeader: 'x-real-ip' },
    "option trustProxyHeader must be 'x-forwarded-for' or 'forwarded', not 'x-real-ip'"],
  [{ trustproxy: true }, /did you mean trustProxy\?/],
]) {
  assert.throws(() => http.createServer(options), { message });
}
