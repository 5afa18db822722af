// A URL or an option that is wrong is named.

import assert from 'assert';
import { Nats } from 'krandog:nats';

for (const [url, message] of [
  ['localhost', /one looks like nats:\/\/user:password@host:4222/],
  ['redis://localhost', /its scheme must be nats or tls, not redis/],
  ['nats://localhost?serverz=a', /unknown option 'serverz': did you mean servers\?/],
]) {
  assert.throws(() => new Nats(url), { code: 'ERR_INVALID_ARG_VALUE', message });
}
assert.throws(() => new Nats(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new Nats('nats://localhost', { nam: 'a' }), { code: 'ERR_INVALID_ARG_VALUE' });
