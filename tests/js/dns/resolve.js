// Records of every kind, from a server of our own.

import assert from 'assert';
import dns from 'dns';
import { Resolver } from 'dns/promises';
import { answer, asked, name, nameServer, record, u16 } from '../../support/name_server.js';

const text = (value) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const RECORDS = {
  1: [record(1, Buffer.from([192, 0, 2, 1])), record(1, Buffer.from([192, 0, 2, 2]))],
  28: [record(28, Buffer.from('20010db8000000000000000000000001', 'hex'))],
  2: [record(2, name('ns.example.com'))],
  5: [record(5, name('other.example.com'))],
  12: [record(12, name('host.example.com'))],
  15: [record(15, Buffer.concat([u16(10), name('mail.example.com')]))],
  16: [record(16, Buffer.concat([text('a'), text('b')]))],
  33: [record(33, Buffer.concat([u16(1, 2, 443), name('s.example.com')]))],
  6: [record(6, Buffer.concat([name('ns.a'), name('h.a'), Buffer.from('0000000100000002000000030000000400000005', 'hex')]))],
  35: [record(35, Buffer.concat([u16(1, 2), text('s'), text('x'), text('!a!b!'), name('r.a')]))],
  257: [record(257, Buffer.concat([Buffer.from([0]), text('issue'), Buffer.from('ca.example')]))],
};
RECORDS[255] = [...RECORDS[1].slice(0, 1), ...RECORDS[15], ...RECORDS[16]];
const server = await nameServer((question) => {
  const { name: host, type } = asked(question);
  if (host === 'none.example.com') return [answer(question, [], { code: 3 })];
  if (host === 'broken.example.com') return [answer(question, [], { code: 2 })];
  if (host === 'empty.example.com') return [answer(question)];
  return [answer(question, RECORDS[type])];
});
const resolver = new Resolver({ tries: 1, timeout: 2000 });
resolver.setServers([server.address]);
assert.deepStrictEqual(resolver.getServers(), [server.address]);
const host = 'www.example.com';
assert.deepStrictEqual(await resolver.resolve4(host), ['192.0.2.1', '192.0.2.2']);
assert.deepStrictEqual(await resolver.resolve4(host, { ttl: true }), [
  { address: '192.0.2.1', ttl: 60 }, { address: '192.0.2.2', ttl: 60 },
]);
assert.deepStrictEqual(await resolver.resolve6(host), ['2001:db8::1']);
assert.deepStrictEqual(await resolver.resolve(host, 'NS'), ['ns.example.com']);
assert.deepStrictEqual(await resolver.resolveCname(host), ['other.example.com']);
assert.deepStrictEqual(await resolver.resolveMx(host), [{ exchange: 'mail.example.com', priority: 10 }]);
assert.deepStrictEqual(await resolver.resolveTxt(host), [['a', 'b']]);
assert.deepStrictEqual(await resolver.resolveSrv(host), [
  { name: 's.example.com', port: 443, priority: 1, weight: 2 },
]);
assert.deepStrictEqual(await resolver.resolveSoa(host), {
  nsname: 'ns.a', hostmaster: 'h.a', serial: 1, refresh: 2, retry: 3, expire: 4, minttl: 5,
});
assert.deepStrictEqual(await resolver.resolveNaptr(host), [{
  flags: 's', service: 'x', regexp: '!a!b!', replacement: 'r.a', order: 1, preference: 2,
}]);
assert.deepStrictEqual(await resolver.resolveCaa(host), [{ critical: 0, issue: 'ca.example' }]);
assert.deepStrictEqual(await resolver.resolveAny(host), [
  { address: '192.0.2.1', ttl: 60, type: 'A' },
  { exchange: 'mail.example.com', priority: 10, type: 'MX' },
  { entries: ['a', 'b'], type: 'TXT' },
]);
assert.deepStrictEqual(await resolver.reverse('192.0.2.1'), ['host.example.com']);
assert.deepStrictEqual(await resolver.reverse('2001:db8::1'), ['host.example.com']);
for (const [which, code] of [['none', 'ENOTFOUND'], ['broken', 'ESERVFAIL'], ['empty', 'ENODATA']]) {
  const hostname = `${which}.example.com`;
  await assert.rejects(resolver.resolve4(hostname), {
    message: `queryA ${code} ${hostname}`, code, syscall: 'queryA', hostname,
  });
}
// The same with callbacks.
const own = new dns.Resolver();
own.setServers([server.address]);
const result = await new Promise((resolve) => { own.resolve4(host, (...given) => resolve(given)); });
assert.deepStrictEqual(result, [null, ['192.0.2.1', '192.0.2.2']]);
assert.throws(() => own.resolve4(host), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => own.setServers(['x']), { code: 'ERR_INVALID_IP_ADDRESS' });
server.close();
