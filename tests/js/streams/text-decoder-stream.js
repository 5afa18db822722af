// TextDecoderStream makes text of bytes, also of characters that are cut between two chunks.

import assert from 'assert';

const decode = async (chunks, ...options) => {
  let text = '';
  const stream = ReadableStream.from(chunks).pipeThrough(new TextDecoderStream(...options));
  for await (const chunk of stream) text += chunk;
  return text;
};
const smile = new TextEncoder().encode('\ufeffé🙂');
const single = [...smile].map((byte) => new Uint8Array([byte]));
assert.strictEqual(await decode(single), 'é🙂');
assert.strictEqual(await decode([smile.buffer]), 'é🙂');
assert.strictEqual(await decode(single, 'utf-8', { ignoreBOM: true }), '\ufeffé🙂');
assert.strictEqual(await decode(single.slice(0, -1)), 'é\ufffd');
assert.strictEqual(await decode([new Uint8Array([0xe9])], 'latin1'), 'é');
const fatal = { fatal: true };
await assert.rejects(decode([new Uint8Array([0xff])], 'utf-8', fatal), TypeError);
await assert.rejects(decode(single.slice(0, -1), 'utf-8', fatal), TypeError);
await assert.rejects(decode(['text']), TypeError);
const stream = new TextDecoderStream('UTF-16', fatal);
assert.deepStrictEqual([stream.encoding, stream.fatal, stream.ignoreBOM], ['utf-16le', true, false]);
assert.throws(() => new TextDecoderStream('none'), RangeError);
