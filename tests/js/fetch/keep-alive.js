// Requests one after the other share a connection; those side by side have their own.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => {
  if (req.pathname === '/last') return { headers: { connection: 'close' }, body: `${req.remotePort}` };
  return `${req.remotePort}`;
});
const port = async (target = '/', init) => (await fetch(url + target, init)).text();

const first = await port();
assert.strictEqual(await port(), first);
assert.strictEqual(await port('/', { method: 'POST', body: 'x' }), first);
const many = await Promise.all(Array.from({ length: 20 }, () => port()));
assert.strictEqual(new Set(many).size, 20);
assert(many.includes(first));
// The one that was used last is taken first.
const next = await port();
assert(many.includes(next));
// A server that ends it, and a script that does.
assert.strictEqual(await port('/last'), next);
const other = await port();
assert.notStrictEqual(other, next);
assert.strictEqual(await port('/', { headers: { connection: 'close' } }), other);
assert.notStrictEqual(await port(), other);
// Options that change the way to the server are another way.
const from = await port('/', { localAddress: '127.0.0.2' });
assert(!many.includes(from));
server.close();
