// closeAll closes every client, all at once or bit by bit, and resolves when they have closed.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve({});
await server.clients.closeAll();
let clients = await Promise.all([open(url), open(url), open(url)]);
let ends = Promise.all(clients.map(closing));
let done = server.clients.closeAll({ code: 1012, reason: 'come back' });
assert.strictEqual(server.clients.size, 0);
await done;
for (const end of await ends) {
  assert.deepStrictEqual(end, { code: 1012, reason: 'come back', wasClean: true });
}

// In three steps. The server goes on meanwhile.
clients = await Promise.all([open(url), open(url), open(url)]);
ends = Promise.all(clients.map(closing));
done = server.clients.closeAll({ spread: 60 });
assert.strictEqual(server.clients.size, 2);
const late = await open(url);
await done;
assert.deepStrictEqual((await ends).map(({ code }) => code), [1001, 1001, 1001]);
assert.strictEqual(server.clients.size, 1);
assert.strictEqual(late.readyState, WebSocket.OPEN);

for (const [options, message] of [
  [{ code: 1006 }, /^option code is wrong: a close code that may be sent is 1000 to 1003/],
  [{ code: 5000 }, /^option code must be a whole number from 1000 to 4999, not 5000/],
  [{ reason: 'x'.repeat(124) }, /^closeAll: the reason has 124 bytes of UTF-8/],
  [{ spraed: 1 }, /did you mean spread\?/],
  ['now', /^closeAll takes options, not 'now'/],
]) {
  await assert.rejects(server.clients.closeAll(options), { message });
}
await server.close();
