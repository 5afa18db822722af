// Connecting again by hand, as where there is no option for it.

import assert from 'assert';
import { serve } from '../../../support/network.js';

const MAX_DELAY_MS = 8;
let refusals = 6;
const { server, url } = await serve({
  websocket: { upgrade: () => (refusals-- > 0 ? { status: 503 } : true) },
}, ({ ws }) => void ws.close(4001));

const waited = [];
let delay = 1;
let opened = 0;
await new Promise((resolve) => {
  function connect() {
    const ws = new WebSocket(url);
    ws.onopen = () => {
      delay = 1;
      opened += 1;
      ws.send('leave me');
    };
    ws.onerror = () => {};
    ws.onclose = () => {
      if (opened === 2) return resolve();
      waited.push(delay);
      setTimeout(connect, delay);
      delay = Math.min(delay * 2, MAX_DELAY_MS);
    };
  }
  connect();
});
// After the first success it has begun anew.
assert.deepStrictEqual(waited, [1, 2, 4, 8, 8, 8, 1]);
await server.close();
