// Bytes go through unchanged, whatever they are, and are told from text.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  assert(data instanceof Uint8Array);
  ws.send(data);
});
const picture = new Uint8Array(100_000).map((_, at) => (at * 31) & 0xff);
const ws = await open(url);
ws.send(picture);
assert.deepStrictEqual((await event(ws, 'message')).data, picture);

// As the kind of object that the program likes best.
ws.binaryType = 'arraybuffer';
ws.send(picture.buffer);
const { data: buffer } = await event(ws, 'message');
assert.deepStrictEqual([buffer instanceof ArrayBuffer, buffer.byteLength], [true, picture.length]);
ws.binaryType = 'blob';
ws.send(new Blob([picture]));
const { data: blob } = await event(ws, 'message');
assert.deepStrictEqual(new Uint8Array(await blob.arrayBuffer()), picture);
await server.close();
