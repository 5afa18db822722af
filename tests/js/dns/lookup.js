// lookup asks the system: forms, options and errors.

import assert from 'assert';
import dns from 'dns';
import { lookup } from 'dns/promises';
import { promisify } from 'util';

const called = (...given) => new Promise((resolve) => { dns.lookup(...given, (...result) => resolve(result)); });

assert.deepStrictEqual(await called('127.0.0.1'), [null, '127.0.0.1', 4]);
assert.deepStrictEqual(await called('::1', { all: true }), [null, [{ address: '::1', family: 6 }]]);
const [error, address, family] = await called('localhost', 4);
assert.deepStrictEqual([error, address, family], [null, '127.0.0.1', 4]);
const all = await lookup('localhost', { all: true, order: 'ipv4first' });
assert.strictEqual(all[0].family, 4);
assert.deepStrictEqual(await promisify(dns.lookup)('127.0.0.1'), { address: '127.0.0.1', family: 4 });
const [lost] = await called('no.such.name.invalid');
assert(['ENOTFOUND', 'EAI_AGAIN'].includes(lost.code));
assert.strictEqual(lost.message, `getaddrinfo ${lost.code} no.such.name.invalid`);
assert.deepStrictEqual([lost.syscall, lost.hostname], ['getaddrinfo', 'no.such.name.invalid']);
await assert.rejects(lookup('no.such.name.invalid'), { syscall: 'getaddrinfo' });
assert.throws(() => dns.lookup(3, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => dns.lookup('a'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => dns.lookup('a', 5, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => dns.lookup('a', { hints: 1 }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => dns.lookup('a', { all: 1 }, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(dns.getDefaultResultOrder(), 'verbatim');
dns.setDefaultResultOrder('ipv4first');
assert.strictEqual(dns.getDefaultResultOrder(), 'ipv4first');
assert.throws(() => dns.setDefaultResultOrder('x'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(dns.NOTFOUND, 'ENOTFOUND');
