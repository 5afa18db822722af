// A route has canned replies of its own, in place of those of its server.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { autoReply: [{ match: 'ping', reply: 'server' }] } },
  ({ ws, data }) => void ws.send(`handler ${data}`),
);
server.ws('/own', { autoReply: [{ match: 'hello', reply: 'route' }] });
server.ws('/inherited', {});
server.ws('/none', { autoReply: [] });
for (const [path, message, reply] of [
  ['/', 'ping', 'server'], ['/', 'hello', 'handler hello'],
  ['/own', 'ping', 'handler ping'], ['/own', 'hello', 'route'],
  ['/inherited', 'ping', 'server'], ['/none', 'ping', 'handler ping'],
]) {
  assert.strictEqual(await ask(await open(url + path), message), reply, `${path} ${message}`);
}
await server.close();
