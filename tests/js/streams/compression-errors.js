// Damaged, cut and overlong data fails, and so do chunks that are no bytes.

import assert from 'assert';

const gzip = new Uint8Array([
  31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 84, 40, 201, 72, 85, 40, 44, 205, 76, 206, 86, 72, 42, 202, 47,
  207, 83, 72, 203, 175, 0, 0, 92, 188, 19, 123, 19, 0, 0, 0,
]);
const read = async (...chunks) => {
  let text = '';
  const stream = ReadableStream.from(chunks).pipeThrough(new DecompressionStream('gzip'));
  for await (const part of stream.pipeThrough(new TextDecoderStream())) text += part;
  return text;
};
for (const [chunks, message] of [
  [[gzip.slice(0, 20)], /ends in the middle/],
  [[], /ends in the middle/],
  [[new Uint8Array([1, 2, 3])], /not gzip/],
  [[gzip.with(34, 0)], /not gzip/],
  [['text'], /chunk/],
  [[1], /chunk/],
]) await assert.rejects(read(...chunks), { name: 'TypeError', message });

for (const format of ['zip', '', undefined]) {
  for (const Class of [CompressionStream, DecompressionStream]) {
    assert.throws(() => new Class(format), TypeError);
  }
}
const { readable, writable } = new CompressionStream('deflate');
writable.getWriter().write({}).catch(() => {});
await assert.rejects(readable.getReader().read(), TypeError);

const plain = new Blob(['x']).stream().pipeThrough(new CompressionStream('gzip'));
const parts = [];
for await (const part of plain) parts.push(...part);
await assert.rejects(read(new Uint8Array([...parts, 0])), { message: /behind the end/ });
await assert.rejects(read(new Uint8Array(parts), new Uint8Array([0])), { message: /behind the end/ });
