// Fields of the opening request, which the server reads before it lets somebody in.

import assert from 'assert';
import { event, open, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: {
    upgrade({ headers }) {
      if (headers.authorization !== 'Bearer a token') return { status: 401, body: 'who are you?' };
      return { data: headers['x-custom'] };
    },
    open: (ws) => void ws.send(`welcome ${ws.data}`),
  },
});
const ws = new WebSocket(url, { headers: { Authorization: 'Bearer a token', 'X-Custom': 'Ada' } });
assert.strictEqual((await event(ws, 'message')).data, 'welcome Ada');

const refused = await event(new WebSocket(url), 'error');
assert.deepStrictEqual([refused.code, refused.status, refused.body], ['HTTP_401', 401, 'who are you?']);
await assert.rejects(open(url, { headers: { Authorization: 'Bearer another' } }), /401/);
await server.close();
