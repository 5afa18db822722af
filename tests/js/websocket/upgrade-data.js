// An upgrade hook that returns { data }, or a promise of it, sets ws.data before any hook sees it.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const values = { '/object': { name: 'alice' }, '/zero': 0, '/null': null, '/text': 'a' };
const seen = [];
const { server, url } = await serve({
  websocket: {
    upgrade({ pathname, query }) {
      const verdict = { data: values[pathname] };
      return query.late === undefined ? verdict : Promise.resolve(verdict);
    },
    open: (ws) => seen.push(ws.data),
    message: (ws) => ws.send(String(ws.data === values[ws.pathname])),
  },
});
for (const [path, value] of Object.entries(values)) {
  for (const query of ['', '?late']) {
    assert.strictEqual(await ask(await open(url + path + query), ''), 'true', path);
    assert.strictEqual(seen.pop(), value);
  }
}
// Without it there is none.
assert.strictEqual(await ask(await open(`${url}/other`), ''), 'true');
assert.strictEqual(seen.pop(), undefined);
await server.close();
