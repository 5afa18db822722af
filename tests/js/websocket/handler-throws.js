// A handler that throws, or whose promise rejects, closes its connection with 1011; the server
// and the other connections live.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const actions = {
  throw() {
    throw new Error('expected: thrown');
  },
  async reject() {
    await null;
    throw new Error('expected: rejected');
  },
  listener(ws) {
    ws.addEventListener('message', () => {
      throw new Error('expected: in a listener');
    });
  },
};
const { server, url } = await serve(({ ws, data }) => {
  if (data in actions) return actions[data](ws);
  ws.send(data);
  return undefined;
});
const bystander = await open(url);
for (const action of Object.keys(actions)) {
  const ws = await open(url);
  const end = closing(ws);
  ws.send(action);
  if (action === 'listener') ws.send('');
  assert.deepStrictEqual(await end, { code: 1011, reason: 'internal error', wasClean: true });
}
assert.strictEqual(await ask(bystander, 'still here'), 'still here');
await server.close();
