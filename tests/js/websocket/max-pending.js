// A socket whose async handler is more than maxPending messages behind is not read, and goes on by
// itself.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const steps = [];
let arrived = 0;
const websocket = {
  maxPending: 3,
  async message(ws, data) {
    arrived += 1;
    await new Promise((resolve) => steps.push(resolve));
    ws.send(data);
  },
};
const { server, url } = await serve({ websocket });
const [ws, other] = [await open(url), await open(url)];
const heard = [];
ws.addEventListener('message', ({ data }) => heard.push(data));
for (let number = 0; number < 10; number++) ws.send(String(number));
while (arrived < 4) await new Promise((next) => setImmediate(next));

// Others are served meanwhile, and this one is not.
const answer = event(other, 'message');
other.send('other');
while (arrived < 5) await new Promise((next) => setImmediate(next));
steps.pop()();
assert.strictEqual((await answer).data, 'other');
assert.strictEqual(arrived, 5);

// One at a time: each that ends lets another one come.
for (let done = 1; done <= 10; done++) {
  steps.shift()();
  while (heard.length < done) await event(ws, 'message');
  while (arrived < Math.min(1 + 4 + done, 11)) await new Promise((next) => setImmediate(next));
  assert.strictEqual(arrived, Math.min(1 + 4 + done, 11));
}
assert.deepStrictEqual(heard, Array.from({ length: 10 }, (_, at) => String(at)));

// A close ends the wait.
arrived = 0;
for (let number = 0; number < 10; number++) ws.send(String(number));
while (arrived < 4) await new Promise((next) => setImmediate(next));
const [accepted] = [...server.clients].filter(({ bufferedAmount }) => bufferedAmount === 0);
for (const socket of server.clients) socket.close(4000, 'enough');
assert.strictEqual((await event(ws, 'close')).code, 4000);
assert(accepted !== undefined);
await server.close();
