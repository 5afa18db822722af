// A message beyond maxPayload closes with 1009, on either side; others go on.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { maxPayload: 100 } }, ({ ws, data }) => {
  ws.send('x'.repeat(Number(data)));
});
const bystander = await open(url);
const ws = await open(url);
const end = closing(ws);
ws.send('x'.repeat(101));
assert.strictEqual((await end).code, 1009);

const narrow = await open(url, { maxPayload: 50 });
assert.strictEqual(await ask(narrow, '50'), 'x'.repeat(50));
narrow.send('51');
assert.strictEqual((await closing(narrow)).code, 1006);
assert.strictEqual(await ask(bystander, '1'), 'x');
await server.close();
