// URLs, options and arguments that are wrong are named.

import assert from 'assert';
import { Redis } from 'krandog:redis';

for (const [url, message] of [
  ['localhost', /^the URL of Redis is wrong: it is not a URL/],
  ['http://localhost', /its scheme must be redis, rediss \(with TLS\) or redis\+unix, not http$/],
  ['nats://localhost', /its scheme must be redis, .*, not nats$/],
  ['redis://localhost/x', /'x' is not the number of a database$/],
  ['redis://localhost?nme=a', /unknown option 'nme': did you mean name\?/],
]) {
  assert.throws(() => new Redis(url), { code: 'ERR_INVALID_ARG_VALUE', message }, url);
}
assert.throws(() => new Redis(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new Redis('redis://localhost', { pasword: 'a' }), /did you mean password\?/);

const redis = new Redis('redis://127.0.0.1:1').on('error', () => {});
for (const wrong of [undefined, null, true, Symbol('a'), () => {}, new Date(0)]) {
  assert.throws(() => redis.set('key', wrong), { code: 'ERR_INVALID_ARG_TYPE' });
}
assert.throws(() => redis.send(''), { code: 'ERR_INVALID_ARG_TYPE' });
await redis.close();
