// A route that notes who comes, puts everybody into a room, and passes on what they say there.

import assert from 'assert';
import { open, serve } from '../../../support/network.js';

const { server, url } = await serve();
server.ws('/chat', {
  open(ws) {
    ws.metadata.set('user_id', ws.headers['x-user-id'] ?? 'anonymous');
    ws.join('lobby');
  },
  message(ws, data) {
    if (ws.inRoom('lobby')) {
      server.hub.publish('lobby', `${ws.metadata.get('user_id')}: ${data}`);
    }
    if (data === 'enough') ws.leave('lobby');
  },
});
const ada = await open(`${url}/chat`, { headers: { 'X-User-Id': 'ada' } });
const other = await open(`${url}/chat`);
other.send('enough');
await other.ping();
other.send('nobody hears it');
await other.ping();
ada.send('hello');
await ada.ping();
assert.deepStrictEqual(ada.messages(), ['anonymous: enough', 'ada: hello']);
assert.deepStrictEqual(other.messages(), ['anonymous: enough']);
await server.close();
