// A socket that no variable holds lives until it is closed, and its handlers are called.

import assert from 'assert';
import { serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const { promise, resolve } = Promise.withResolvers();
let heard = 0;
(() => {
  const ws = new WebSocket(url);
  ws.onopen = () => ws.send('x');
  ws.onmessage = ({ target }) => {
    heard += 1;
    // Rubbish, so that the collector runs.
    const rubbish = Array.from({ length: 20000 }, (_, at) => ({ at }));
    if (heard < 10) target.send(String(rubbish.length));
    else resolve();
  };
})();
await promise;
assert.strictEqual(heard, 10);
await server.close();
