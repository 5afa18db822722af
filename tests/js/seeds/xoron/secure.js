// TLS: certificates are verified unless the program says otherwise, and authorities may be named.

import assert from 'assert';
import { ask, closing, open } from '../../../support/network.js';
import { ca, failing, serve } from '../../../support/tls.js';

const { server, url } = await serve({}, ({ ws, data }) => void ws.send(data));
assert.strictEqual((await failing(url)).code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
for (const tls of [{ ca }, { rejectUnauthorized: false }]) {
  const ws = await open(url, { tls });
  assert.strictEqual(await ask(ws, 'a secret'), 'a secret');
  ws.close();
  await closing(ws);
}
await server.close();
