// A message that waits for the end of a stream is not held against a peer that reads.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

for (const backpressure of ['close', 'drop-new', 'drop-old', 'coalesce']) {
  const accepted = Promise.withResolvers();
  const limit = 2 ** 14;
  const websocket = { open: accepted.resolve, maxBackpressure: limit, backpressure };
  const { server, url } = await serve({ websocket });
  const client = await open(url);
  const ws = await accepted.promise;
  const heard = [];
  client.addEventListener('message', ({ data }) => heard.push(data.length));
  const stream = ws.stream({ type: 'text' });
  const part = 'x'.repeat(2 * limit);
  const written = [stream.write(part)];
  // One message may be larger than the limit.
  assert(ws.send(part + part) !== false);
  written.push(stream.write(part), stream.close());
  await Promise.all(written);
  while (heard.length < 2) await event(client, 'message');
  assert.deepStrictEqual(heard, [2 * part.length, 2 * part.length]);
  client.close();
  await server.close();
}
