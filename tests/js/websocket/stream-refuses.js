// What a stream refuses, and what becomes of it when it is aborted or its connection ends.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const opened = [];
const { server, url } = await serve({ websocket: { open: (ws) => opened.push(ws) } });
async function pair() {
  const client = await open(url);
  while (opened.length === 0) await new Promise((next) => setImmediate(next));
  return { client, ws: opened.pop() };
}

const { client, ws } = await pair();
assert.throws(() => ws.stream({ type: 'words' }), { message: /option type must be 'text' or 'binary'/ });
assert.throws(() => ws.stream({ typ: 'text' }), { message: /did you mean type/ });
const first = ws.stream();
await assert.rejects(first.write('words'), { code: 'ERR_INVALID_ARG_TYPE', message: /type: 'text'/ });
await assert.rejects(first.write(7), { code: 'ERR_INVALID_ARG_TYPE' });
await first.write(new Uint8Array(1));
// There is one message at a time.
await assert.rejects(ws.stream().write(new Uint8Array(1)), { name: 'InvalidStateError' });
assert.throws(() => ws.sendFrame(1, 'x'), { name: 'InvalidStateError' });
await first.close();
await assert.rejects(first.write(new Uint8Array(1)), { code: 'ERR_STREAM_WRITE_AFTER_END' });
await assert.rejects(first.close(), { code: 'ERR_STREAM_WRITE_AFTER_END' });

// One of which nothing was sent can be dropped; another one takes the connection with it.
ws.stream().abort();
const heard = event(client, 'message');
ws.send('after');
assert.deepStrictEqual((await heard).data, new Uint8Array(1));
const ends = [closing(client), closing(ws)];
const second = ws.stream({ type: 'text' });
await second.write('begun');
second.abort('out of words');
for (const { code, reason } of await Promise.all(ends)) {
  assert.deepStrictEqual([code, reason], [1011, 'out of words']);
}
await assert.rejects(ws.stream().write(new Uint8Array(1)), { code: 'ERR_WEBSOCKET_CLOSED' });

// The connection ends under it.
const other = await pair();
const third = other.ws.stream();
await third.write(new Uint8Array(1));
const end = closing(other.ws);
other.client.terminate();
await end;
await assert.rejects(third.write(new Uint8Array(1)), { code: 'ERR_WEBSOCKET_CLOSED' });
await server.close();
