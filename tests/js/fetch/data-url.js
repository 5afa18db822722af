// A data: URL has its content in itself.

import assert from 'assert';

const text = await fetch('data:text/html;charset=utf-8,%3Cp%3Eh%C3%A9');
assert.deepStrictEqual([text.status, text.statusText, text.type], [200, 'OK', 'basic']);
assert.strictEqual(text.headers.get('content-type'), 'text/html;charset=utf-8');
assert.strictEqual(await text.text(), '<p>hé');
const bytes = await fetch('data:;base64,AP8=');
assert.deepStrictEqual([...await bytes.bytes()], [0, 255]);
assert.strictEqual(bytes.headers.get('content-type'), 'text/plain;charset=US-ASCII');
assert.strictEqual((await fetch('data:,x', { method: 'HEAD' })).status, 200);
