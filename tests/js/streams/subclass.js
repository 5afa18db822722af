// The classes can be extended.

import assert from 'assert';

class Counted extends ReadableStream {
  count = 0;

  async *[Symbol.asyncIterator]() {
    for await (const chunk of this.values()) {
      this.count += 1;
      yield chunk;
    }
  }
}
const counted = new Counted({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } });
assert(counted instanceof Counted && counted instanceof ReadableStream);
for await (const chunk of counted) assert.match(chunk, /[ab]/);
assert.strictEqual(counted.count, 2);

class Upper extends TransformStream {
  constructor() {
    super({ transform: (chunk, controller) => controller.enqueue(chunk.toUpperCase()) });
  }
}
const [upper] = await Array.fromAsync?.(ReadableStream.from(['x']).pipeThrough(new Upper()))
  ?? [(await ReadableStream.from(['x']).pipeThrough(new Upper()).getReader().read()).value];
assert.strictEqual(upper, 'X');
