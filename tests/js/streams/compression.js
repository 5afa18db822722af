// What CompressionStream makes, DecompressionStream undoes, in every format and cut anywhere.

import assert from 'assert';

const bytes = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(...part);
  return new Uint8Array(parts);
};
const text = new TextEncoder().encode('some text, '.repeat(3000));
for (const format of ['gzip', 'deflate', 'deflate-raw']) {
  for (const plain of [new Uint8Array(0), text.slice(0, 3), text]) {
    const source = ReadableStream.from([plain.subarray(0, 2), plain.subarray(2).slice().buffer]);
    const packed = await bytes(source.pipeThrough(new CompressionStream(format)));
    assert(packed.length < 500);
    for (const cut of [0, 1, packed.length >> 1, packed.length]) {
      const halves = ReadableStream.from([packed.slice(0, cut), packed.slice(cut)]);
      const back = await bytes(halves.pipeThrough(new DecompressionStream(format)));
      assert.deepStrictEqual(back, plain);
    }
  }
}
// RFC 1952.
const gzip = await bytes(ReadableStream.from([]).pipeThrough(new CompressionStream('gzip')));
assert.deepStrictEqual([...gzip.slice(0, 3)], [0x1f, 0x8b, 8]);
