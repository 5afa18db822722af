// Middleware that replaces `writeHead`, or looks at `_header`, sees each head before it is sent.

import assert from 'assert';
import http from 'http';

const server = http.createServer((req, res) => {
  const { writeHead, write } = res;
  res.writeHead = function hooked(...given) {
    this.setHeader('X-Late', 'yes');
    return writeHead.apply(this, given);
  };
  res.write = function watched(chunk, ...rest) {
    if (!this._header) this._implicitHeader();
    return write.call(this, chunk, ...rest);
  };
  if (req.url === '/end') res.end('whole');
  if (req.url === '/empty') res.end();
  if (req.url === '/flush') {
    res.flushHeaders();
    res.end('later');
  }
  if (req.url === '/write') {
    res.write('a');
    res.write('b');
    res.end('c');
  }
  if (req.url === '/wrong') {
    res.statusCode = 1000;
    assert.throws(() => res.end(), { code: 'ERR_HTTP_INVALID_STATUS_CODE' });
    res.statusCode = 500;
    res.statusMessage = 'a\r\nX: y';
    assert.throws(() => res.end(), { code: 'ERR_INVALID_CHAR' });
    res.statusMessage = 'Sorry';
    res.end('caught');
  }
});
await new Promise((resolve) => server.listen(0, resolve));
const bodies = { end: 'whole', empty: '', flush: 'later', write: 'abc', wrong: 'caught' };
for (const [path, body] of Object.entries(bodies)) {
  const response = await fetch(`http://localhost:${server.address().port}/${path}`);
  assert.deepStrictEqual([response.headers.get('x-late'), await response.text()], ['yes', body]);
}
server.close();
