// A close code and reason reach the other side, whichever side closes; without one it is 1005.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

let heard = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { open: (ws) => closing(ws).then((end) => heard.resolve(end)) },
}, ({ ws, data }) => {
  if (data === 'none') ws.close();
  else ws.close(...JSON.parse(data));
});
for (const [code, reason] of [[1000, ''], [1001, 'away'], [1011, 'x'], [3000, 'grün'], [4999, '']]) {
  const ws = await open(url);
  ws.send(JSON.stringify([code, reason]));
  assert.deepStrictEqual(await closing(ws), { code, reason, wasClean: true });
}
const none = await open(url);
none.send('none');
assert.deepStrictEqual(await closing(none), { code: 1005, reason: '', wasClean: true });

for (const [code, reason] of [[1000, 'done'], [3000, ''], [4999, 'ü'.repeat(61)]]) {
  const ws = await open(url);
  heard = Promise.withResolvers();
  ws.close(code, reason);
  assert.deepStrictEqual(await heard.promise, { code, reason, wasClean: true });
}
const ws = await open(url);
ws.close();
const end = await event(ws, 'close');
assert(end instanceof CloseEvent);
assert.strictEqual(end.code, 1005);
assert.deepStrictEqual({ ...ws.closeInfo }, {
  code: 1005,
  reason: '',
  wasClean: true,
  cause: ws.closeInfo.cause,
});
await server.close();
