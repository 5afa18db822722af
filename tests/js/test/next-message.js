// `nextMessage`: messages in their order, and none that is lost.

import assert from 'node:assert';
import http from 'node:http';
import test from 'node:test';
import { expectClose, nextMessage, pair } from 'krandog:test';

function server() {
  return http.createServer((req) => {
    for (const word of req.data.split(' ')) {
      if (word === 'close') req.ws.close(4001, 'enough');
      else req.ws.send(word);
    }
  });
}

test('those that have come wait', async () => {
  const chat = server();
  const ws = await pair(chat);
  ws.send('a b c');
  assert.strictEqual(await nextMessage(ws), 'a');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepStrictEqual([await nextMessage(ws), await nextMessage(ws)], ['b', 'c']);
  await chat.close();
});

test('several may wait', async () => {
  const chat = server();
  const ws = await pair(chat);
  const both = Promise.all([nextMessage(ws), nextMessage(ws)]);
  ws.send('a b');
  assert.deepStrictEqual(await both, ['a', 'b']);
  await chat.close();
});

test('none comes', async () => {
  const chat = server();
  const ws = await pair(chat);
  const code = 'ERR_TEST_TIMEOUT';
  await assert.rejects(nextMessage(ws, { timeout: 5 }), { code });
  // Who has given up takes none.
  ws.send('later');
  assert.strictEqual(await nextMessage(ws), 'later');
  await chat.close();
});

test('none comes any more', async () => {
  const chat = server();
  const ws = await pair(chat);
  ws.send('last close');
  await expectClose(ws, 4001);
  assert.strictEqual(await nextMessage(ws), 'last');
  await assert.rejects(nextMessage(ws), {
    code: 'ERR_SOCKET_CLOSED',
    message: "the socket was closed with 4001 'enough' before a message came",
  });
  await chat.close();
});

test('wrong arguments', async () => {
  await assert.rejects(nextMessage({}), { code: 'ERR_INVALID_ARG_TYPE' });
});
