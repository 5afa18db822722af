// for await (const data of ws) runs over the messages until the socket closes.

import assert from 'assert';
import { serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open(ws) {
      for (const text of ['one', 'two', 'three']) ws.send(text);
      ws.close();
    },
  },
});
const came = [];
for await (const data of new WebSocket(url)) came.push(data);
assert.deepStrictEqual(came, ['one', 'two', 'three']);
await server.close();
