// A server can be disposed of: what `await using` calls at the end of its block closes it and waits
// for its connections. (The engine does not parse `await using` yet.)

import assert from 'assert';
import http from 'http';
import { closing, emitted, open } from '../../support/network.js';

const server = http.createServer().listen(0);
await emitted(server, 'listening');
const ws = await open(`ws://127.0.0.1:${server.address().port}`);
const order = [];
server.on('close', () => order.push('close'));
const end = closing(ws);
const disposed = server[Symbol.asyncDispose]();
assert.strictEqual(server.listening, false);
disposed.then(() => order.push('disposed'));
assert.strictEqual(await disposed, undefined);
assert.strictEqual((await end).code, 1001);
assert.deepStrictEqual(order, ['close', 'disposed']);

// Again, and for a server that never listened: nothing is left to wait for.
assert.strictEqual(await server[Symbol.asyncDispose](), undefined);
assert.strictEqual(await http.createServer()[Symbol.asyncDispose](), undefined);
