// Events of requests, responses and servers of Node's shape.

import assert from 'assert';
import http from 'http';

const seen = [];
const server = http.createServer();
server.on('request', (req, res) => {
  req.on('close', () => seen.push('req close'));
  res.on('finish', () => seen.push('finish'));
  res.on('close', () => seen.push('res close'));
  req.resume();
  res.end('done');
  assert.strictEqual(res.writableEnded, true);
});
server.on('listening', () => seen.push('listening'));
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.address();
await (await fetch(`http://127.0.0.1:${port}`)).text();
await new Promise((resolve) => { setImmediate(resolve); });
assert.strictEqual(seen[0], 'listening');
assert(seen.indexOf('finish') < seen.indexOf('res close'));
assert(seen.includes('req close'));

// A client that goes before it is answered.
server.removeAllListeners('request');
const gone = new Promise((resolve) => {
  server.once('request', (req, res) => {
    let finished = false;
    res.on('finish', () => { finished = true; });
    res.on('close', () => resolve([finished, res.writableFinished, req.aborted]));
    controller.abort();
  });
});
const controller = new AbortController();
await assert.rejects(fetch(`http://127.0.0.1:${port}`, { signal: controller.signal }));
assert.deepStrictEqual((await gone).slice(0, 2), [false, false]);
const closed = new Promise((resolve) => { server.on('close', resolve); });
server.close();
await closed;
const error = await new Promise((resolve) => { server.close(resolve); });
assert.strictEqual(error.code, 'ERR_SERVER_NOT_RUNNING');
