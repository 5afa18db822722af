// Each code of a Close frame reaches the other side; those that are never sent are made up there.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  if (data === '1005') ws.close();
  else if (data === '1006') ws.terminate();
  else ws.close(Number(data));
});
for (const code of [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011]) {
  const ws = await open(url);
  ws.onerror = () => {};
  ws.send(String(code));
  assert.strictEqual((await closing(ws)).code, code);
}
const ws = await open(url);
for (const code of [0, 999, 1004, 1005, 1006, 1015, 2000, 5000]) {
  assert.throws(() => ws.close(code), { name: 'InvalidAccessError' }, `${code}`);
}
await server.close();
