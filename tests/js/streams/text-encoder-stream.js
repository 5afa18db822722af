// TextEncoderStream makes UTF-8 of text, also of characters that are cut between two chunks.

import assert from 'assert';

const encode = async (...texts) => {
  const bytes = [];
  const stream = ReadableStream.from(texts).pipeThrough(new TextEncoderStream());
  for await (const chunk of stream) {
    assert(chunk instanceof Uint8Array && chunk.length > 0);
    bytes.push(...chunk);
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
};
assert.strictEqual(await encode('é', '', 'x', 1, null), 'éx1null');
assert.strictEqual(await encode('a\ud83d', '', '\ude42b'), 'a🙂b');
assert.strictEqual(await encode('\ud83d'), '\ufffd');
assert.strictEqual(await encode('\ud83d', 'x', '\ude42'), '\ufffdx\ufffd');
const stream = new TextEncoderStream();
assert.strictEqual(stream.encoding, 'utf-8');
assert(stream.readable instanceof ReadableStream && stream.writable instanceof WritableStream);
const unreadable = stream.writable.getWriter().write({ toString() { throw new Error('mine'); } });
await assert.rejects(stream.readable.getReader().read(), { message: 'mine' });
await assert.rejects(unreadable, { message: 'mine' });
