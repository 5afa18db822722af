// Where there is no server, `connect` says why, and a client goes on trying until it is closed.

import assert from 'assert';
import { Nats, connect } from 'krandog:nats';

await assert.rejects(connect('nats://127.0.0.1:1'), { code: 'ECONNREFUSED' });

const nats = new Nats('nats://127.0.0.1:1');
const heard = nats.subscribe('news');
nats.publish('news', 'this waits');
const error = await new Promise((resolve) => nats.once('error', resolve));
assert.equal(error.code, 'ECONNREFUSED');
assert.equal(nats.status, 'reconnecting');
await assert.rejects(nats.request('a', '', { timeout: 1 }), {
  code: 'ERR_NATS_TIMEOUT',
  message: "nobody has answered a request to 'a' in 1 ms, and there is no connection",
});
await nats.close();
assert.deepEqual([nats.status, heard.closed], ['end', true]);
for await (const message of heard) assert.fail(message.subject);
assert.throws(() => nats.publish('news'), { code: 'ERR_NATS_CLOSED' });
