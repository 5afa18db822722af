// The body of a Response is a stream when asked for, and may be one to begin with.
import assert from 'assert';

assert.strictEqual(new Response().body, null);

const whole = new Response('hello');
const stream = whole.body;
assert.ok(stream instanceof ReadableStream);
assert.strictEqual(whole.body, stream);
assert.strictEqual(whole.bodyUsed, false);
assert.strictEqual(await whole.text(), 'hello');
assert.deepStrictEqual([whole.bodyUsed, stream.locked], [true, true]);

const read = new Response('x');
await read.text();
assert.deepStrictEqual([read.body.locked, read.bodyUsed], [true, true]);

const chunks = (list) => new ReadableStream({
  async start(controller) {
    for (const chunk of list) {
      await null;
      controller.enqueue(chunk);
    }
    controller.close();
  },
});
const own = chunks([new TextEncoder().encode('h\u00e9'), 'llo']);
const made = new Response(own);
assert.strictEqual(made.body, own);
assert.strictEqual(made.headers.get('content-type'), null);
assert.strictEqual(await made.text(), 'h\u00e9llo');
assert.deepStrictEqual(await new Response(chunks(['{"a"', ':1}'])).json(), { a: 1 });
assert.deepStrictEqual([...await new Response(chunks(['ab'])).bytes()], [97, 98]);
const typed = new Response(chunks(['ab']), { headers: { 'content-type': 'a/b' } });
const blob = await typed.blob();
assert.deepStrictEqual([blob.type, await blob.text()], ['a/b', 'ab']);

const failing = new ReadableStream({ pull: (controller) => controller.error(new Error('why')) });
await assert.rejects(new Response(failing).text(), { message: 'why' });
await assert.rejects(new Response(chunks([{}])).text(), TypeError);

const locked = new Response('x');
const reader = locked.body.getReader();
await assert.rejects(locked.text(), /locked/);
assert.throws(() => locked.clone(), /locked/);
assert.throws(() => new Response(stream), TypeError);
reader.releaseLock();
assert.strictEqual(await locked.text(), 'x');

const cancelled = new Response('x');
await cancelled.body.cancel();
assert.strictEqual(cancelled.bodyUsed, true);
await assert.rejects(cancelled.text(), TypeError);
