// MIMEType and its parameters.

import assert from 'node:assert';
import { MIMEParams, MIMEType } from 'node:util';

const type = new MIMEType(' Text/HTML ; Charset="utf-8" ; q=0.1;q=2; bad name=1 ');
assert.deepStrictEqual([type.type, type.subtype, type.essence], ['text', 'html', 'text/html']);
assert.ok(type instanceof MIMEType && type.params instanceof MIMEParams);
assert.deepStrictEqual([...type.params], [['charset', 'utf-8'], ['q', '0.1']]);
assert.strictEqual(String(type), 'text/html;charset=utf-8;q=0.1');
type.type = 'APPLICATION';
type.subtype = 'json';
type.params.set('x', 'a "b"');
type.params.delete('q');
assert.strictEqual(JSON.stringify({ type }), '{"type":"application/json;charset=utf-8;x=\\"a \\\\\\"b\\\\\\"\\""}');
assert.deepStrictEqual([type.params.get('none'), type.params.has('x')], [null, true]);
for (const wrong of ['', 'text', '/x', 'text/', 'te xt/x']) {
  assert.throws(() => new MIMEType(wrong), { name: 'TypeError', code: 'ERR_INVALID_MIME_SYNTAX' });
}
assert.throws(() => type.params.set('a b', '1'), { code: 'ERR_INVALID_MIME_SYNTAX' });
assert.throws(() => type.params.set('a', '\u0100'), { code: 'ERR_INVALID_MIME_SYNTAX' });
