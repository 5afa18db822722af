// A loop that waits in vain is named as well. The error is taken away from it.

import { on } from 'events';

await null;
const ws = new WebSocket('ws://127.0.0.1:9/');
ws.addEventListener('error', (event) => event.stopImmediatePropagation());
for await (const [{ data }] of on(ws, 'message')) console.log(data);
