// bufferedAmount counts what was given to send() and is not yet with the system.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(String(data.length)) && undefined);
const ws = await open(url);
assert.strictEqual(ws.bufferedAmount, 0);
const answer = event(ws, 'message');
ws.send('x'.repeat(1000));
assert(ws.bufferedAmount >= 1000 && ws.bufferedAmount < 1100, String(ws.bufferedAmount));
assert.strictEqual((await answer).data, '1000');
assert.strictEqual(ws.bufferedAmount, 0);
await server.close();
