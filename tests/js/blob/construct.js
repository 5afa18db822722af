// Parts of every kind are joined; the type is normalized.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

const bytes = new Uint8Array([0x61, 0x62, 0x63, 0x64]);
const blob = new Blob(
  ['é', bytes.subarray(1, 3), bytes.buffer, new DataView(bytes.buffer, 3), new Blob(['x']), 5],
  { type: 'Text/PLAIN' },
);
equal(await blob.text(), 'ébcabcddx5');
equal(blob.size, 11);
equal(blob.type, 'text/plain');
equal(new Blob().size, 0);
equal(new Blob([], { type: 'tést' }).type, '');
equal(await new Blob(['a\r\nb\rc\n'], { endings: 'native' }).text(), 'a\nb\nc\n');
equal(await new Blob(['\ud800']).text(), '\ufffd');
equal(await new Blob(['\ufeffx']).text(), 'x');
fails(() => new Blob('text'), 'TypeError');
fails(() => Blob(), 'TypeError');
fails(() => new Blob([], { endings: 'other' }), 'TypeError');
