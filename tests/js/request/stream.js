// A Request whose body is a stream says so with duplex: 'half'.
import assert from 'assert';

const body = () => new ReadableStream({
  start(controller) {
    controller.enqueue('abc');
    controller.close();
  },
});
assert.throws(() => new Request('http://a.example', { method: 'POST', body: body() }), /duplex/);
const request = new Request('http://a.example', { method: 'POST', body: body(), duplex: 'half' });
assert.strictEqual(request.headers.get('content-type'), null);
const next = new Request(request);
assert.throws(() => new Request(request), TypeError);
assert.strictEqual(await next.text(), 'abc');
assert.deepStrictEqual([next.bodyUsed, request.bodyUsed], [true, true]);
