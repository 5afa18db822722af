// A form that is sent is the form that arrives.
import assert from 'assert';

const form = new FormData();
form.append('a"\r\nb', 'line\nline\rline\r\n');
form.append('empty', '');
form.append('__proto__', '\u6c34');
form.append('file', new File([new Uint8Array([0, 255, 13, 10])], 'x"y\u00e9.bin'));
form.append('typed', new Blob(['--'], { type: 'text/html' }), '');

const response = new Response(form);
const type = response.headers.get('content-type');
assert.match(type, /^multipart\/form-data; boundary=----krandog[A-Z2-7]{24}$/);
assert.notStrictEqual(new Response(form).headers.get('content-type'), type);
const text = await response.clone().text();
assert.ok(text.includes('Content-Disposition: form-data; name="a%22%0D%0Ab"\r\n\r\nline\r\nline'));

const back = await response.formData();
assert.deepStrictEqual([...back.keys()], ['a"\r\nb', 'empty', '__proto__', 'file', 'typed']);
assert.strictEqual(back.get('a"\r\nb'), 'line\r\nline\r\nline\r\n');
assert.strictEqual(back.get('__proto__'), '\u6c34');
const file = back.get('file');
assert.deepStrictEqual([file.name, file.type], ['x"y\u00e9.bin', 'application/octet-stream']);
assert.deepStrictEqual([...await file.bytes()], [0, 255, 13, 10]);
assert.deepStrictEqual([back.get('typed').name, back.get('typed').type], ['', 'text/html']);
assert.strictEqual([...await new Response(new FormData()).formData()].length, 0);

const request = new Request('http://a.example', { method: 'POST', body: form });
assert.strictEqual((await request.formData()).get('empty'), '');
assert.strictEqual(request.bodyUsed, true);
