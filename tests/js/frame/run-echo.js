// runEcho makes a server that sends every message back.

import assert from 'assert';
import { runEcho } from 'krandog:frame';
import { ask, open } from '../../support/network.js';

const server = await runEcho(0, { websocket: { maxPayload: 1000 } });
const { port } = server.address();
const ws = await open(`ws://127.0.0.1:${port}`);
assert.strictEqual(await ask(ws, 'text'), 'text');
assert.deepStrictEqual(await ask(ws, new Uint8Array([1, 2])), new Uint8Array([1, 2]));
await assert.rejects(runEcho(port), { code: 'EADDRINUSE' });
await server.close();
