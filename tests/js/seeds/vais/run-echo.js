// The echo server, in one line.

import assert from 'assert';
import { runEcho } from 'krandog:frame';
import { ask, closing, open } from '../../../support/network.js';

const server = await runEcho(0);
assert.strictEqual(server.listening, true);
const sockets = await Promise.all([1, 2].map(() => open(`ws://127.0.0.1:${server.address().port}`)));
for (const [at, ws] of sockets.entries()) {
  assert.strictEqual(await ask(ws, `text ${at}`), `text ${at}`);
  assert.deepStrictEqual(await ask(ws, new Uint8Array([at])), new Uint8Array([at]));
}
const end = closing(sockets[0]);
await server.close();
assert.strictEqual((await end).code, 1001);
