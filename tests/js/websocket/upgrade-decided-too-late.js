// A client that leaves before the upgrade hook has decided is no matter, whatever it decides.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const opened = [];
const closed = [];
const decisions = [];
const asked = [];
const { server, url } = await serve(
  {
    websocket: {
      upgrade({ pathname }) {
        asked.shift()?.();
        if (pathname === '/now') return undefined;
        return new Promise((resolve, reject) => decisions.push({ resolve, reject }));
      },
      open: (ws) => opened.push(ws),
      close: (ws, code) => closed.push([ws, code]),
    },
  },
  ({ ws, data }) => void ws.send(data),
);
for (const decide of [
  ({ resolve }) => resolve(),
  ({ resolve }) => resolve({ data: 1, headers: { 'X-A': 'b' } }),
  ({ resolve }) => resolve(false),
  ({ resolve }) => resolve({ status: 401 }),
  ({ reject }) => reject(new Error('expected: rejected')),
]) {
  const isAsked = new Promise((resolve) => asked.push(resolve));
  const ws = new WebSocket(`${url}/late`);
  await isAsked;
  const left = closing(ws);
  ws.close();
  await left;
  decide(decisions.pop());
  assert.strictEqual(await ask(await open(`${url}/now`), 'alive'), 'alive');
}
await server.close();
// Whatever was opened was closed: nobody was there.
const late = opened.filter(({ pathname }) => pathname === '/late');
for (const ws of late) {
  assert.deepStrictEqual(closed.find(([other]) => other === ws), [ws, 1006]);
}
