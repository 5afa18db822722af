// A clone of a Response whose body is a stream reads the same bytes by itself.
import assert from 'assert';

const body = () => new ReadableStream({
  async pull(controller) {
    await null;
    controller.enqueue(new TextEncoder().encode('abc'));
    controller.close();
  },
});
const response = new Response(body(), { headers: { a: 'b' } });
const copy = response.clone();
assert.notStrictEqual(copy.body, response.body);
assert.strictEqual(copy.headers.get('a'), 'b');
assert.strictEqual(await copy.text(), 'abc');
assert.strictEqual(response.bodyUsed, false);
assert.strictEqual(await response.text(), 'abc');

// One of whole bytes that somebody has asked the stream of.
const whole = new Response('x');
assert.ok(whole.body instanceof ReadableStream);
const other = whole.clone();
assert.deepStrictEqual([await whole.text(), await other.text()], ['x', 'x']);

const request = new Request('http://a.example', { method: 'POST', body: body(), duplex: 'half' });
assert.deepStrictEqual([await request.clone().text(), await request.text()], ['abc', 'abc']);

const fetched = await fetch(URL.createObjectURL(new Blob(['y'])));
assert.deepStrictEqual([await fetched.clone().text(), await fetched.text()], ['y', 'y']);
