// An upgrade hook that throws, rejects, or returns what is no verdict refuses with 500, and the
// server lives on.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const verdicts = {
  throws() {
    throw new Error('expected: thrown');
  },
  rejects: async () => {
    throw new Error('expected: rejected');
  },
  null: () => null,
  text: () => 'yes',
  number: () => 403,
  'promise-of-null': async () => null,
  'promise-of-text': async () => 'yes',
  informational: () => ({ status: 103 }),
  status: () => ({ status: 'forbidden' }),
  'broken-header': () => ({ headers: { 'X-A': 'a\r\nX-B: b' } }),
  'broken-name': () => ({ headers: { 'X A': 'a' } }),
  'broken-refusal': () => ({ status: 403, headers: { 'X-A': 'a\nb' } }),
  fine: () => undefined,
};
const { server, url } = await serve(
  { websocket: { upgrade: ({ pathname }) => verdicts[pathname.slice(1)]() } },
  ({ ws, data }) => void ws.send(data),
);
for (const name of Object.keys(verdicts)) {
  if (name === 'fine') continue;
  const error = await event(new WebSocket(`${url}/${name}`), 'error');
  assert.strictEqual(error.status, 500, name);
}
assert.strictEqual(await ask(await open(`${url}/fine`), 'alive'), 'alive');
await server.close();
