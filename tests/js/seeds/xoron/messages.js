// Messages may be fetched when there is time for them, in place of a callback.

import assert from 'assert';
import { open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  for (let number = 1; number <= Number(data); number += 1) ws.send(`message ${number}`);
});
const ws = await open(url);
assert.deepStrictEqual(ws.messages(), []);
ws.send('3');
// A ping is answered behind them.
await ws.ping();
assert.deepStrictEqual(ws.messages(), ['message 1', 'message 2', 'message 3']);
assert.deepStrictEqual(ws.messages(), []);

// Or each when it comes.
ws.send('2');
assert.strictEqual(await ws.receive({ timeout: 20_000 }), 'message 1');
assert.strictEqual(await ws.receive({ timeout: 20_000 }), 'message 2');
await assert.rejects(ws.receive({ timeout: 1 }), { name: 'TimeoutError' });
await server.close();
assert.strictEqual(await ws.receive(), null);
