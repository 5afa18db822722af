// A loop over a socket begins with the messages that came before it and that nobody took.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const accepted = [];
const { server, url } = await serve({
  websocket: {
    open(ws) {
      accepted.push(ws);
      for (const text of ['one', 'two']) ws.send(text);
      ws.send(new Uint8Array([3]));
    },
  },
});

async function take(ws, count) {
  const came = [];
  for await (const data of ws) {
    came.push(data);
    if (came.length === count) return came;
  }
  return came;
}

// An outgoing socket. What was sent before a pong has come with it.
const ws = await open(url);
await ws.ping();
assert.deepStrictEqual(await take(ws, 3), ['one', 'two', new Uint8Array([3])]);

// What came while a loop ran and was left behind by `break` is for the next one.
accepted[0].send('four');
accepted[0].send('five');
accepted[0].send('six');
assert.deepStrictEqual(await take(ws, 1), ['four']);
await ws.ping();
assert.deepStrictEqual(await take(ws, 2), ['five', 'six']);

// An accepted one, whose server has no handler.
ws.send('a');
ws.send('b');
await ws.ping();
assert.deepStrictEqual(await take(accepted[0], 2), ['a', 'b']);

// Also what comes between the making of the iterator and its first step.
const iterator = ws[Symbol.asyncIterator]();
accepted[0].send('seven');
await ws.ping();
assert.deepStrictEqual(await iterator.next(), { value: 'seven', done: false });
assert.deepStrictEqual(await iterator.return('x'), { value: 'x', done: true });
assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true });

// A socket that has closed since: first what it held, then the end.
accepted[0].send('last');
accepted[0].close();
await event(ws, 'close');
assert.deepStrictEqual(await take(ws), ['last']);
assert.deepStrictEqual(await take(ws), []);
await server.close();
