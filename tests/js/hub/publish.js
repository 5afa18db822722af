// A publish reaches every member of its room, and nobody else.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const { server, url } = await serve((req) => {
  if (req.data.startsWith('join ')) {
    req.ws.send(String(server.hub.join(req.ws, req.data.slice(5))));
  } else {
    req.ws.send(JSON.stringify(server.hub.publish('a', req.data)));
  }
});
const [one, two, other] = [await open(url), await open(url), await open(url)];
assert.strictEqual(await ask(one, 'join a'), 'true');
assert.strictEqual(await ask(two, 'join a'), 'true');
assert.strictEqual(await ask(two, 'join a'), 'false');
assert.strictEqual(await ask(other, 'join b'), 'true');
const heard = [one, two].map((ws) => event(ws, 'message'));
assert.strictEqual(await ask(other, 'hi'), '{"sent":2,"dropped":0,"forwarded":false}');
for (const { data } of await Promise.all(heard)) assert.strictEqual(data, 'hi');
await server.close();
