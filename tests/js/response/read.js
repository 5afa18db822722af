// A body is read once, as text, JSON, bytes, an ArrayBuffer or a Blob.
import assert from 'assert';

const bodies = () => [
  'h\u00e9 \u6c34', new TextEncoder().encode('h\u00e9 \u6c34'),
  new TextEncoder().encode('h\u00e9 \u6c34').buffer, new Blob(['h\u00e9 \u6c34']),
];
const bytes = [104, 195, 169, 32, 230, 176, 180];
for (const body of bodies()) {
  assert.strictEqual(await new Response(body).text(), 'h\u00e9 \u6c34');
  assert.deepStrictEqual([...await new Response(body).bytes()], bytes);
  const buffer = await new Response(body).arrayBuffer();
  assert.deepStrictEqual([...new Uint8Array(buffer)], bytes);
  assert.strictEqual(await (await new Response(body).blob()).text(), 'h\u00e9 \u6c34');
  await assert.rejects(new Response(body).json(), SyntaxError);
}
assert.deepStrictEqual(await new Response('{"a":[1,null]}').json(), { a: [1, null] });
assert.deepStrictEqual(await new Response(new Blob(['\ufeff[1]'])).json(), [1]);
// A byte order mark is dropped, and a surrogate by itself becomes U+FFFD.
assert.strictEqual(await new Response('\ufeffa\ufeff').text(), 'a\ufeff');
assert.strictEqual(await new Response('a\ud800b').text(), 'a\ufffdb');
assert.strictEqual(await new Response(new Uint8Array([0xef, 0xbb, 0xbf, 97, 0xff])).text(), 'a\ufffd');

const response = new Response('x', { headers: { 'content-type': 'TEXT/x; Charset=UTF-8' } });
assert.strictEqual((await response.blob()).type, 'text/x;charset=UTF-8');
assert.strictEqual(response.bodyUsed, true);
for (const method of ['text', 'json', 'bytes', 'arrayBuffer', 'blob']) {
  await assert.rejects(response[method](), { name: 'TypeError' });
  await assert.rejects(Response.prototype[method].call({}), { name: 'TypeError' });
}

// A body that is null has nothing in it, and is never used.
const nothing = new Response(null);
assert.strictEqual(await nothing.text(), '');
assert.strictEqual((await nothing.bytes()).length, 0);
assert.strictEqual((await nothing.blob()).type, '');
assert.strictEqual(nothing.bodyUsed, false);
await assert.rejects(nothing.json(), SyntaxError);

// What the body was made of may change afterwards.
const source = new Uint8Array([97]);
const copied = new Response(source);
source[0] = 98;
assert.strictEqual(await copied.text(), 'a');
