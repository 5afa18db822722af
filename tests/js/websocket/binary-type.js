// binaryType: what bytes arrive as; values that there are not are ignored.

import assert from 'assert';
import { ask, event, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = new WebSocket(url);
assert.strictEqual(ws.binaryType, 'blob');
await event(ws, 'open');
const bytes = new Uint8Array([0, 1, 255]);

const blob = await ask(ws, bytes);
assert(blob instanceof Blob);
assert.deepStrictEqual(Array.from(new Uint8Array(await blob.arrayBuffer())), [0, 1, 255]);
ws.binaryType = 'arraybuffer';
const buffer = await ask(ws, bytes);
assert(buffer instanceof ArrayBuffer);
assert.deepStrictEqual(Array.from(new Uint8Array(buffer)), [0, 1, 255]);
ws.binaryType = 'uint8array';
const array = await ask(ws, bytes);
assert(array instanceof Uint8Array);
assert.deepStrictEqual(Array.from(array), [0, 1, 255]);
ws.binaryType = 'nonsense';
assert.strictEqual(ws.binaryType, 'uint8array');
await server.close();
