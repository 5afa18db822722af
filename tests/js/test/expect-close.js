// `expectClose`: how a socket has to end.

import assert from 'node:assert';
import http from 'node:http';
import test from 'node:test';
import { expectClose, pair } from 'krandog:test';

const ending = () => http.createServer((req) => {
  const [code, reason] = JSON.parse(req.data);
  req.ws.close(code, reason);
});

async function closing(code, reason = '') {
  const chat = ending();
  const ws = await pair(chat);
  ws.send(JSON.stringify([code, reason]));
  return [ws, chat];
}

test('with this code and this reason', async () => {
  const [ws, chat] = await closing(4000, 'as agreed');
  const event = await expectClose(ws, 4000, { reason: 'as agreed' });
  assert.strictEqual(event.code, 4000);
  // It is over, and stays so.
  assert.strictEqual((await expectClose(ws)).reason, 'as agreed');
  await chat.close();
});

test('with another code', async () => {
  const [ws, chat] = await closing(4001, 'why');
  await assert.rejects(expectClose(ws, 1000), {
    code: 'ERR_ASSERTION',
    actual: 4001,
    expected: 1000,
    message: "the socket was closed with 4001 ('why'), not with 1000",
  });
  await chat.close();
});

test('for another reason', async () => {
  const [ws, chat] = await closing(4001, 'why');
  await assert.rejects(expectClose(ws, 4001, { reason: 'because' }), {
    message: "the socket was closed because of 'why', not of 'because'",
  });
  await chat.close();
});

test('not at all', async () => {
  const chat = ending();
  const ws = await pair(chat);
  const message = 'the socket was not closed within 5 ms';
  await assert.rejects(expectClose(ws, 1000, { timeout: 5 }), { message });
  await chat.close();
});
