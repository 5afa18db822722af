// A message that leaves together with the answer to a peer's Close counts as flushed, empty or not.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

for (const answer of ['', 'x']) {
  const sent = Promise.withResolvers();
  const { server, url } = await serve({
    websocket: {
      message(ws) {
        sent.resolve(ws.send(answer, { flushed: true }));
      },
    },
  });
  const client = await open(url);
  const end = closing(client);
  client.send('the last message');
  client.close(1000);
  await sent.promise;
  assert.strictEqual((await end).code, 1000);
  await server.close();
}
