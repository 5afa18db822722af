// Answers that are none: another number, another question, names that go in circles, too long ones.

import assert from 'assert';
import { Resolver } from 'dns/promises';
import { answer, asked, name, nameServer, record, u16 } from '../../support/name_server.js';

const good = record(1, Buffer.from([192, 0, 2, 7]));
const bad = record(1, Buffer.from([192, 0, 2, 66]));
let overTcp = 0;
const server = await nameServer((question, isTcp) => {
  const [which] = asked(question).name.split('.');
  switch (which) {
    case 'number': {
      const id = Buffer.from([question[0] ^ 1, question[1]]);
      return [answer(question, [bad], { id }), answer(question, [good])];
    }
    case 'question': {
      const other = Buffer.concat([question.subarray(0, 12), name('other.example'), u16(1, 1)]);
      return [answer(other, [bad]), answer(question, [good])];
    }
    case 'owner': return [answer(question, [record(1, Buffer.from([192, 0, 2, 66]), name('other.example'))])];
    case 'circle': return [answer(question, [record(5, Buffer.from([0xc0, question.length + 12]))])];
    case 'short': return [answer(question, [good]).subarray(0, -2)];
    case 'long':
      if (!isTcp) return [answer(question, [], { flags: 0x8380 })];
      overTcp++;
      return [answer(question, [good])];
    default: return [];
  }
});
const resolver = new Resolver({ tries: 1, timeout: 300 });
resolver.setServers([server.address]);
assert.deepStrictEqual(await resolver.resolve4('number.example'), ['192.0.2.7']);
assert.deepStrictEqual(await resolver.resolve4('question.example'), ['192.0.2.7']);
assert.deepStrictEqual(await resolver.resolve4('long.example'), ['192.0.2.7']);
assert.strictEqual(overTcp, 1);
await assert.rejects(resolver.resolve4('owner.example'), { code: 'ENODATA' });
await assert.rejects(resolver.resolve4('circle.example'), { code: 'EBADRESP' });
await assert.rejects(resolver.resolve4('short.example'), { code: 'EBADRESP' });
await assert.rejects(resolver.resolve4('silent.example'), { code: 'ETIMEOUT' });
await assert.rejects(resolver.resolve4('a..b'), { code: 'EBADNAME' });
const cancelled = assert.rejects(resolver.resolve4('silent.example'), { code: 'ECANCELLED' });
setImmediate(() => resolver.cancel());
await cancelled;
server.close();
const nobody = new Resolver({ tries: 1, timeout: 1000 });
nobody.setServers([server.address]);
await assert.rejects(nobody.resolve4('a.example'), { code: 'ECONNREFUSED' });
