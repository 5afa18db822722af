// send() takes the bytes as they are at the call; what happens to the buffer later is no matter.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = await open(url);
const bytes = new Uint8Array([1, 2, 3]);
const answer = event(ws, 'message');
ws.send(bytes);
bytes.fill(9);
assert.deepStrictEqual(Array.from((await answer).data), [1, 2, 3]);
await server.close();
