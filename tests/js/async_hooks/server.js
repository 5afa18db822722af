// Handlers of a server do not see the stores of each other's requests.

import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'http';

const storage = new AsyncLocalStorage();
const server = http.createServer((req) => (
  storage.run(req.query.n, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return storage.getStore();
  })
));
await server.listen(0);
const url = `http://localhost:${server.address().port}/`;
const texts = await Promise.all([1, 2, 3, 4].map(async (n) => (
  storage.run(`client ${n}`, async () => {
    const text = await (await fetch(`${url}?n=${n}`)).text();
    assert.strictEqual(storage.getStore(), `client ${n}`);
    return text;
  })
)));
assert.deepStrictEqual(texts, ['1', '2', '3', '4']);
await server.close();
