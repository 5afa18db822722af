// A handler that keeps its request finds it unchanged later, and one that only reads from it gets
// the fields of each message and of the connection that it came from.

import http from 'http';
import assert from 'assert';

const kept = [];
const keeps = http.createServer((req) => {
  kept.push(req);
  if (kept.length === 4) check();
});

const seen = [];
const reads = http.createServer((req) => {
  if (req.type !== 'websocket') return;
  const { ws, data, pathname } = req;
  seen.push([pathname, data, req.headers.host, req.method, req.ws === ws]);
  ws.send(`${req.pathname} ${data.length}`);
});

function check() {
  assert.deepStrictEqual(
    kept.map((req) => [req.type, req.pathname, req.data]).sort(),
    ['/a one', '/a two', '/b one', '/b two'].map((each) => ['websocket', ...each.split(' ')]),
  );
  assert.strictEqual(kept[0].ws.pathname, kept[0].pathname);
  assert.strictEqual(new Set(kept).size, 4);
  keeps.close();
}

async function talk(server, path) {
  const { port } = server.address();
  const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await new Promise((resolve) => (ws.onopen = resolve));
  return ws;
}

await new Promise((resolve) => keeps.listen(0, '127.0.0.1', resolve));
for (const path of ['/a', '/b']) {
  const ws = await talk(keeps, path);
  ws.send('one');
  ws.send('two');
}

await new Promise((resolve) => reads.listen(0, '127.0.0.1', resolve));
const sockets = [await talk(reads, '/x'), await talk(reads, '/y')];
const host = `127.0.0.1:${reads.address().port}`;
const long = 'é'.repeat(1000);
for (const [at, data, reply] of [
  [0, 'first', '/x 5'],
  [0, long, '/x 1000'],
  [1, 'second', '/y 6'],
  [0, '', '/x 0'],
]) {
  const answer = new Promise((resolve) => (sockets[at].onmessage = resolve));
  sockets[at].send(data);
  assert.strictEqual((await answer).data, reply);
  assert.deepStrictEqual(seen.pop(), [at ? '/y' : '/x', data, host, undefined, true]);
}
reads.close();
