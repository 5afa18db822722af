// An upgrade hook that returns nothing, true, or an object without a status accepts; so does a
// promise of one of these.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const verdicts = {
  nothing: () => undefined,
  true: () => true,
  object: () => ({}),
  'promise-of-nothing': async () => {},
  'promise-of-true': async () => true,
  'promise-of-an-object': async () => ({}),
  thenable: () => ({ then: (resolve) => resolve(true) }),
};
const asked = [];
const { server, url } = await serve(
  {
    websocket: {
      protocols: ['one'],
      upgrade(req, offered) {
        asked.push([req.type, req.pathname, req.query.a, req.headers.upgrade, offered]);
        return verdicts[req.pathname.slice(1)]();
      },
    },
  },
  ({ ws, data }) => void ws.send(data),
);

for (const name of Object.keys(verdicts)) {
  const ws = await open(`${url}/${name}?a=b`, ['two', 'one']);
  assert.strictEqual(await ask(ws, name), name);
  assert.strictEqual(ws.protocol, 'one');
  assert.deepStrictEqual(asked.pop(), ['http', `/${name}`, 'b', 'websocket', ['two', 'one']]);
}
assert.strictEqual(asked.length, 0);
await server.close();
