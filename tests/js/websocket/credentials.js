// A user name and a password in the URL become an Authorization field, decoded.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const seen = [];
const { server, url } = await serve({
  websocket: { upgrade: (req) => void seen.push(req.headers.authorization) },
}, () => {});
const { host } = new URL(url);
for (const [credentials, decoded] of [
  ['user:pass@', 'user:pass'],
  ['us%65r:p%40s%3As@', 'user:p@s:s'],
  ['user@', 'user:'],
  [':100%25@', ':100%'],
  ['%zz:%4@', '%zz:%4'],
  ['%FF:x@', '\xFF:x'],
]) {
  (await open(`ws://${credentials}${host}/`)).terminate();
  assert.strictEqual(seen.pop(), `Basic ${btoa(decoded)}`);
}
(await open(url)).terminate();
assert.strictEqual(seen.pop(), undefined);
await server.close();
