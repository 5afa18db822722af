// A connection is closed politely by either side, and what was sent before arrives.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws }) => {
  ws.send('goodbye');
  ws.close();
});
const ws = await open(url);
const said = event(ws, 'message');
ws.send('leave me');
assert.strictEqual((await said).data, 'goodbye');
assert.deepStrictEqual(await closing(ws), { code: 1005, reason: '', wasClean: true });
await server.close();
