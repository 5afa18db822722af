// ws.metadata is a Map of the socket's own, on both ends, and stays after it has closed.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: {
    open(ws) {
      ws.metadata.set('user_id', 7);
      ws.metadata.set('role', 'admin');
    },
  },
}, ({ ws }) => ws.send(ws.metadata.get('role')));
const client = await open(url);
assert(client.metadata instanceof Map);
assert.strictEqual(client.metadata.size, 0);
assert.strictEqual(client.metadata, client.metadata);
assert.strictEqual(client.metadata.set('a', 1).get('a'), 1);
const [ws] = server.clients;
assert.deepStrictEqual([...ws.metadata], [['user_id', 7], ['role', 'admin']]);
assert.throws(() => {
  ws.metadata = 1;
}, TypeError);
const end = closing(ws);
client.close();
await end;
assert.strictEqual(ws.metadata.get('role'), 'admin');
assert.throws(() => Object.getOwnPropertyDescriptor(WebSocket.prototype, 'metadata').get.call({}), {
  name: 'TypeError',
});
await server.close();
