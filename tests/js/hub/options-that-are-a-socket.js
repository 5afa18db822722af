// Who passes the socket itself where options belong is told how to leave it out.

import assert from 'assert';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [a] } = await pairs(1);
a.ws.join('room');
for (const publish of [
  () => server.hub.publish('room', 'x', a.ws),
  () => server.hub.broadcast('x', a.ws),
]) {
  assert.throws(publish, { code: 'ERR_INVALID_ARG_TYPE', message: /pass \{ except: ws \}/ });
}
a.client.terminate();
await server.close();
