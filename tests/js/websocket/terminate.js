// terminate() ends at once, without a closing handshake: both sides see 1006.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve } });
const client = await open(url);
const ends = [closing(client), closing(await accepted)];
client.terminate();
for (const end of ends) {
  assert.deepStrictEqual(await end, { code: 1006, reason: '', wasClean: false });
}
await server.close();
