// A handler with two parameters gets Node's request and response.

import assert from 'assert';
import http from 'http';

const server = http.createServer((req, res) => {
  assert(req instanceof http.IncomingMessage);
  assert(res instanceof http.ServerResponse);
  assert.strictEqual(req.httpVersion, '1.1');
  assert.strictEqual(req.socket.remoteAddress, '127.0.0.1');
  if (req.url === '/plain') {
    res.end('hello');
  } else if (req.url === '/head') {
    res.writeHead(201, 'Made', { 'X-A': 'b', 'Set-Cookie': ['c=1', 'd=2'] });
    assert.strictEqual(res.headersSent, true);
    res.write('one ');
    assert.throws(() => res.setHeader('x', 'y'), { code: 'ERR_HTTP_HEADERS_SENT' });
    res.end('two');
  } else if (req.url === '/none') {
    res.statusCode = 204;
    res.end();
  } else if (req.url === '/length') {
    res.setHeader('Content-Length', 4);
    res.write('ab');
    res.end('cd');
  } else {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => {
      assert.strictEqual(req.complete, true);
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ method: req.method, body, type: req.headers['content-type'] }));
    });
  }
});
assert(server instanceof http.Server);
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const url = `http://127.0.0.1:${server.address().port}`;

const plain = await fetch(`${url}/plain`);
assert.strictEqual(await plain.text(), 'hello');
assert.strictEqual(plain.headers.get('content-length'), '5');
assert(plain.headers.has('date'));
const head = await fetch(`${url}/head`);
assert.deepStrictEqual([head.status, head.statusText, head.headers.get('x-a')], [201, 'Made', 'b']);
assert.deepStrictEqual(head.headers.getSetCookie(), ['c=1', 'd=2']);
assert.strictEqual(head.headers.get('transfer-encoding'), 'chunked');
assert.strictEqual(await head.text(), 'one two');
assert.strictEqual((await fetch(`${url}/none`)).status, 204);
const sized = await fetch(`${url}/length`);
assert.strictEqual(sized.headers.get('content-length'), '4');
assert.strictEqual(await sized.text(), 'abcd');
const post = await fetch(`${url}/post`, {
  method: 'POST', body: 'x'.repeat(200_000), headers: { 'content-type': 'text/x' },
});
const { method, body, type } = await post.json();
assert.deepStrictEqual([method, body.length, type], ['POST', 200_000, 'text/x']);
const empty = await fetch(`${url}/post`);
assert.deepStrictEqual(await empty.json(), { method: 'GET', body: '' });
await new Promise((resolve) => { server.close(resolve); });
