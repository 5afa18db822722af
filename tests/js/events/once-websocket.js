// once() and on() of a WebSocket fail with its error, which says where they were called; of another
// EventTarget they do not, as in Node.js.

import assert from 'assert';
import { once, on } from 'events';
import { serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const refused = `${url}/`.replace(/\d+\/$/, '9/');

for (const name of ['open', 'message', 'drain']) {
  await assert.rejects(once(new WebSocket(refused), name), ({ code, message, stack }) => {
    assert.strictEqual(code, 'ECONNREFUSED');
    assert.match(stack, /^Error: connect ECONNREFUSED .*\n {4}at .*once-websocket\.js:12:/);
    return stack.includes(message);
  });
}
const [error] = await once(new WebSocket(refused), 'error');
assert.strictEqual(error.code, 'ECONNREFUSED');
const [close] = await once(new WebSocket(refused), 'close');
assert.strictEqual(close.code, 1006);
await assert.rejects(async () => {
  for await (const _ of on(new WebSocket(refused), 'message')) throw new Error('no message came');
}, { code: 'ECONNREFUSED' });

const ws = new WebSocket(url);
await once(ws, 'open');
ws.send('hello');
const [{ data }] = await once(ws, 'message');
assert.strictEqual(data, 'hello');
ws.close();
await server.close();

const target = new EventTarget();
const waiting = once(target, 'done');
target.dispatchEvent(new Event('error'));
target.dispatchEvent(new Event('done'));
assert.strictEqual((await waiting)[0].type, 'done');
