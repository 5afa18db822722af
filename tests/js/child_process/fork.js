// fork() runs a script with a channel, on which both send messages.

import assert from 'node:assert';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);

if (process.argv[2] === 'child') {
  assert.strictEqual(process.connected, true);
  assert.strictEqual(process.env.NODE_CHANNEL_FD, undefined);
  process.on('message', (message) => {
    if (message === 'end') process.disconnect();
    else process.send({ got: message, args: process.argv.slice(2) });
  });
} else {
  const child = fork(own, ['child', 'x']);
  assert.strictEqual(child.connected, true);
  const received = [];
  child.on('message', (message) => {
    received.push(message.got);
    assert.deepStrictEqual(message.args, ['child', 'x']);
    if (received.length === 4) child.send('end');
  });
  const sent = [{ a: [1, null] }, 'é\n', 5, true];
  for (const message of sent) child.send(message, (error) => assert.strictEqual(error, null));
  const told = [];
  child.on('disconnect', () => told.push('disconnect'));
  child.on('exit', (code) => told.push(code));
  await new Promise((resolve) => child.on('close', resolve));
  assert.deepStrictEqual(received, sent);
  assert.deepStrictEqual(told.sort(), [0, 'disconnect']);
  assert.strictEqual(child.connected, false);
  const error = await new Promise((resolve) => child.send('late', resolve));
  assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED');
  assert.throws(() => fork(own, { stdio: ['pipe', 'pipe', 'pipe'] }), {
    code: 'ERR_CHILD_PROCESS_IPC_REQUIRED',
  });
}
