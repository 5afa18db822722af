// A WebSocketStream has a stream each way; closing its writer closes the socket.

import assert from 'assert';
import { serve } from '../../support/network.js';

const options = { websocket: { protocols: ['b'] } };
const { server, url } = await serve(options, (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
});
const stream = new WebSocketStream(url, { protocols: ['a', 'b'] });
assert.strictEqual(stream.url, new URL(url).href);
const { readable, writable, protocol, extensions } = await stream.opened;
assert(readable instanceof ReadableStream && writable instanceof WritableStream);
assert.deepStrictEqual([protocol, extensions], ['b', '']);
const [reader, writer] = [readable.getReader(), writable.getWriter()];
for (const [sent, heard] of [
  ['text', 'text'],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  [new Uint8Array([3]).buffer, new Uint8Array([3])],
  [5, '5'],
]) {
  await writer.write(sent);
  assert.deepStrictEqual((await reader.read()).value, heard);
}
await writer.close();
assert.deepStrictEqual(await stream.closed, { closeCode: 1005, reason: '' });
assert.strictEqual((await reader.read()).done, true);
await server.close();
