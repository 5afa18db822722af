// Handlers of servers, of whatever shape, run with the store that was there when they began to listen.

import assert from 'assert';
import { AsyncLocalStorage } from 'async_hooks';
import http from 'http';
import net from 'net';

const store = new AsyncLocalStorage();
const listening = (server) => new Promise((resolve) => server.listen(0, resolve));
const node = http.createServer((req, res) => res.end(`${store.getStore()}`));
const raw = net.createServer((socket) => socket.end(`${store.getStore()}`));
await store.run('here', () => Promise.all([listening(node), listening(raw)]));
const response = await fetch(`http://localhost:${node.address().port}`);
assert.strictEqual(await response.text(), 'here');
let heard = '';
for await (const chunk of net.connect(raw.address().port, 'localhost')) heard += chunk;
assert.strictEqual(heard, 'here');
node.close();
raw.close();
