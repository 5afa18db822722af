// for await goes on over the connections of a socket that connects again, and so does pause.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const counts = [20, 3, 20];
let connections = 0;
const { server, url } = await serve({
  websocket: {
    open(ws) {
      const count = counts[connections];
      for (let index = 0; index < count; index += 1) ws.send(`${connections}.${index}`);
      connections += 1;
      ws.close(connections === counts.length ? 1000 : 1001);
    },
  },
});
const ws = await open(url, { reconnect: { minDelay: 1, maxDelay: 1 } });
const expected = counts.flatMap((count, index) => Array.from({ length: count }, (_, at) => `${index}.${at}`));
const seen = [];
for await (const data of ws) {
  seen.push(data);
  // As slow as a loop that works.
  await new Promise(setImmediate);
}
assert.deepStrictEqual(seen, expected);
await server.close();
