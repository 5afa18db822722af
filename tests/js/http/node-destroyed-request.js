// A request that is destroyed before it is answered ends its connection; one that was answered not.

import assert from 'assert';
import http from 'http';

const server = http.createServer((req, res) => {
  if (req.url === '/answered') {
    res.on('error', () => {});
    res.end('1');
    res.write('2');
    req.destroy();
  } else {
    req.destroy();
  }
});
await new Promise((resolve) => server.listen(0, resolve));
const url = `http://localhost:${server.address().port}`;
for (const options of [{}, { method: 'POST', body: 'a'.repeat(10) }]) {
  await assert.rejects(fetch(`${url}/destroyed`, options), (error) => error.cause.code === 'ECONNRESET');
}
assert.strictEqual(await (await fetch(`${url}/answered`)).text(), '1');
server.close();
