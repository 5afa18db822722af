// Fields of outgoing messages, and what is no field.

import assert from 'assert';
import http from 'http';

const res = new http.ServerResponse({ method: 'GET' });
res.setHeader('X-One', 'a');
res.appendHeader('x-one', 'b');
assert.deepStrictEqual(res.getHeader('X-ONE'), ['a', 'b']);
assert.strictEqual(res.hasHeader('x-one'), true);
assert.deepStrictEqual(res.getHeaderNames(), ['x-one']);
assert.deepStrictEqual({ ...res.getHeaders() }, { 'x-one': ['a', 'b'] });
res.setHeaders(new Map([['x-two', '2']]));
assert.strictEqual(res.getHeader('x-two'), '2');
res.removeHeader('x-two');
assert.strictEqual(res.getHeader('x-two'), undefined);
assert.throws(() => res.setHeader('a b', 'c'), { code: 'ERR_INVALID_HTTP_TOKEN', name: 'TypeError' });
assert.throws(() => res.setHeader('a', undefined), { code: 'ERR_HTTP_INVALID_HEADER_VALUE' });
assert.throws(() => res.setHeader('a', 'b\r\nc'), { code: 'ERR_INVALID_CHAR' });
assert.throws(() => res.writeHead(99), { code: 'ERR_HTTP_INVALID_STATUS_CODE', name: 'RangeError' });
assert.throws(() => http.validateHeaderName(''), { code: 'ERR_INVALID_HTTP_TOKEN' });
assert.throws(() => http.validateHeaderValue('a', 'ā'), { code: 'ERR_INVALID_CHAR' });
assert.strictEqual(http.STATUS_CODES[404], 'Not Found');
assert(http.METHODS.includes('GET') && http.METHODS.includes('M-SEARCH'));
assert.strictEqual(typeof http.maxHeaderSize, 'number');
