// Routes that tell whether a program lives and whether it is to get requests.

import assert from 'assert';
import http from 'http';

let verdict = () => undefined;
const server = http.createServer(() => 'other')
  .health({ check: () => verdict(), ready: '/ready' });
server.listen(0);
const get = async (path) => {
  const reply = await fetch(`http://127.0.0.1:${server.address().port}${path}`);
  return [reply.status, await reply.text(), reply.headers.get('cache-control')];
};

assert.deepEqual(await get('/healthz'), [200, 'ok\n', 'no-store']);
assert.deepEqual(await get('/ready'), [200, 'ready\n', 'no-store']);
assert.deepEqual(await get('/readyz'), [200, 'other', null]);
for (const [says, status] of [
  [() => false, 503],
  [async () => false, 503],
  [async () => undefined, 200],
  [() => true, 200],
]) {
  verdict = says;
  assert.equal((await get('/ready'))[0], status);
  assert.equal((await get('/healthz'))[0], 200);
}
const { error } = console;
const printed = [];
console.error = (...values) => printed.push(values.join(' '));
verdict = () => { throw new Error('no database'); };
assert.deepEqual(await get('/ready'), [503, 'not ready\n', 'no-store']);
console.error = error;
assert.deepEqual(printed, ['not ready: Error: no database']);

assert.throws(() => server.health({ liv: '/x' }), /unknown option liv.*did you mean live/);
assert.throws(() => server.health({ live: 'x' }), /live must be a path such as '\/healthz'/);
assert.throws(() => server.health({ check: 1 }), /check must be a function/);
await server.close();
