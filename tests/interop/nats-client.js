// `krandog:nats` with a server at the URL that the command line names, for nats-client.py.

import assert from 'assert';
import { Nats, connect } from 'krandog:nats';

const [, , url] = process.argv;
const nats = await connect(url);
assert.deepEqual([nats.status, nats.connected], ['ready', true]);

async function some(subscription, count) {
  const found = [];
  for await (const message of subscription) {
    found.push(message);
    if (found.length === count) break;
  }
  return found;
}

const checks = {
  async 'messages go to those who have subscribed'() {
    const all = nats.subscribe('news.>');
    const one = nats.subscribe('news.*.go', { max: 1 });
    nats.publish('news.cs.go', 'größe', { headers: { 'X-Kind': 'a: b', Other: 1 } });
    nats.publish('news.oslo', new Uint8Array([0, 255, 13, 10]));
    nats.publish('other', 'unheard');
    nats.publish('news.end');
    const [first, second, third] = await some(all, 3);
    assert.deepEqual([first.subject, first.text(), first.reply], ['news.cs.go', 'größe', undefined]);
    assert.deepEqual({ ...first.headers }, { 'X-Kind': 'a: b', Other: '1' });
    assert.deepEqual(second.data, new Uint8Array([0, 255, 13, 10]));
    assert.deepEqual([third.subject, third.data.length], ['news.end', 0]);
    const [single] = await some(one, 2);
    assert.deepEqual([single.text(), one.closed, all.closed], ['größe', true, true]);
  },

  async 'a request has one answer'() {
    const service = nats.subscribe('add', (message) => {
      const [a, b] = message.json();
      message.respond(`${a + b}`, { headers: { By: 'krandog' } });
    });
    const asked = [1, 2, 3].map((n) => nats.request('add', JSON.stringify([n, n])));
    const answers = await Promise.all(asked);
    assert.deepEqual(answers.map((answer) => answer.text()), ['2', '4', '6']);
    assert.equal(answers[0].headers.By, 'krandog');
    service.unsubscribe();
    await assert.rejects(nats.request('add', '[1, 2]'), {
      code: 'ERR_NATS_NO_RESPONDERS', message: "nobody has subscribed to 'add'",
    });
    const silent = nats.subscribe('silent', () => {});
    await assert.rejects(nats.request('silent', '', { timeout: 20 }), { code: 'ERR_NATS_TIMEOUT' });
    silent.unsubscribe();
  },

  async 'of a queue one gets each message'() {
    const got = [0, 0];
    const members = [0, 1].map((at) => nats.subscribe('work', { queue: 'team' }, () => { got[at] += 1; }));
    await nats.flush();
    for (let n = 0; n < 50; n += 1) nats.publish('work', `${n}`);
    await nats.flush();
    const end = nats.subscribe('end');
    nats.publish('end');
    await some(end, 1);
    assert.equal(got[0] + got[1], 50);
    for (const member of members) member.unsubscribe();
  },

  async 'large messages arrive as a whole'() {
    const large = 'x'.repeat(900_000);
    const heard = nats.subscribe('large');
    nats.publish('large', large);
    const [message] = await some(heard, 1);
    assert.equal(message.text() === large, true);
    assert.throws(() => nats.publish('large', 'x'.repeat(2_000_000)), {
      code: 'ERR_INVALID_ARG_VALUE', message: /2000000 bytes/,
    });
  },

  async 'what is wrong is named'() {
    assert.throws(() => nats.publish('a b', ''), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => nats.publish('a.*', ''), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => nats.publish(5), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => nats.publish('a', {}), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => nats.publish('a', '', { headers: { 'a\r\n': 'b' } }), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => nats.subscribe('a..b'), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => nats.subscribe('a', {}, 5), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => new Nats('redis://localhost'), {
      code: 'ERR_INVALID_ARG_VALUE', message: /its scheme must be nats or tls, not redis/,
    });
    await assert.rejects(connect('nats://127.0.0.1:1'), { code: 'ECONNREFUSED' });
  },

  async 'a client that is closed says so'() {
    const other = await connect(url);
    const heard = other.subscribe('forever');
    const waits = other.request('forever', '');
    const reads = some(heard, 5);
    await Promise.all([other.close(), assert.rejects(waits, { code: 'ERR_NATS_CLOSED' })]);
    assert.equal((await reads).length <= 1, true);
    assert.throws(() => other.publish('a'), { code: 'ERR_NATS_CLOSED' });
    await assert.rejects(other.flush(), { code: 'ERR_NATS_CLOSED' });
    await assert.rejects(other.connect(), { code: 'ERR_NATS_CLOSED' });
    assert.equal(other.status, 'end');
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(name);
}

// A subscription outlives a connection, and what is published meanwhile waits.
if (process.argv.includes('--stays')) {
  const heard = nats.subscribe('stays');
  await nats.flush();
  nats.on('error', () => {});
  nats.once('reconnecting', () => nats.publish('stays', 'meanwhile'));
  console.log('ready');
  const [message] = await some(heard, 1);
  console.log(message.text());
}
await nats.drain();
console.log('done');
