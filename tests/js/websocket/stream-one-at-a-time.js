// A stream whose first part was refused never continues the message of another stream, and a stream
// whose connection has gone does nothing to the next one.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const opened = [];
let heard = [];
const { server, url } = await serve({
  websocket: {
    open: (ws) => opened.push(ws),
    message: (_, data) => heard.push(data),
  },
});
const client = await open(url);
const ws = opened.pop();

const got = event(client, 'message');
const first = ws.stream({ type: 'text' });
const second = ws.stream({ type: 'text' });
await first.write('one');
for (const write of [() => second.write('two'), () => second.write('two'), () => second.close()]) {
  await assert.rejects(write, { name: 'InvalidStateError', message: /has not ended/ });
}
// Nothing of it has been sent, so nothing has to be taken back.
second.abort();
assert.strictEqual(ws.readyState, WebSocket.OPEN);
await first.close();
assert.strictEqual((await got).data, 'one');

// It does not begin later either, with what would be half of its message.
await assert.rejects(second.write('too late'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
const [third, refused] = [ws.stream({ type: 'text' }), ws.stream({ type: 'text' })];
const next = event(client, 'message');
await third.write('three');
await assert.rejects(refused.write('the first half'), { name: 'InvalidStateError' });
await third.close();
assert.strictEqual((await next).data, 'three');
await assert.rejects(refused.write('the second half'), { name: 'InvalidStateError' });
await assert.rejects(refused.close(), { name: 'InvalidStateError' });

const last = event(client, 'message');
const fourth = ws.stream({ type: 'text' });
await fourth.write('four');
// What has ended the message ends the stream.
ws.sendFrame(0, '!');
const fifth = ws.stream({ type: 'text' });
await fifth.write('five');
await assert.rejects(fourth.write('more'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
await assert.rejects(fourth.close(), { code: 'ERR_STREAM_WRITE_AFTER_END' });
fourth.abort();
assert.strictEqual((await last).data, 'four!');
const end = event(client, 'message');
await fifth.close();
assert.strictEqual((await end).data, 'five');
client.close();

// A socket that connects again.
const again = await open(url, { reconnect: { minDelay: 1 } });
const lost = again.stream({ type: 'text' });
await lost.write('lost');
const back = event(again, 'reconnected');
opened.pop().terminate();
await back;
await assert.rejects(lost.write('more'));
lost.abort();
assert.strictEqual(again.readyState, WebSocket.OPEN);
const fresh = again.stream({ type: 'text' });
await fresh.write('fresh');
await assert.rejects(lost.write('more'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
lost.abort();
heard = [];
await fresh.close();
while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
assert.deepStrictEqual(heard, ['fresh']);
again.close();
await server.close();
