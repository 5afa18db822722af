// A socket that is paused and closed, or the other way round, hears the peer's answer.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { promise: closed, resolve } = Promise.withResolvers();
const { server, url } = await serve(({ ws }) => {
  ws.pause();
  ws.onclose = resolve;
  ws.close(4000, 'enough');
});
const ws = await open(url);
const end = closing(ws);
ws.send('a');
ws.send('b');
assert.deepStrictEqual(await end, { code: 4000, reason: 'enough', wasClean: true });
assert.strictEqual((await closed).wasClean, true);

const other = await open(url);
other.pause();
other.close(4001);
assert.strictEqual((await event(other, 'close')).wasClean, true);

const third = await open(url);
third.close(4002);
third.pause();
assert.strictEqual((await event(third, 'close')).wasClean, true);
await server.close();
