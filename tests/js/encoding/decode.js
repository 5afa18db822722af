// TextDecoder knows all labels, the byte order mark, and fatal.

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

const bytes = new TextEncoder().encode('\ufeffaé€😀');
equal(new TextDecoder().decode(bytes), 'aé€😀');
equal(new TextDecoder('utf8', { ignoreBOM: true }).decode(bytes), '\ufeffaé€😀');
equal(new TextDecoder().decode(bytes.subarray(3, 4)), 'a');
equal(new TextDecoder().decode(bytes.buffer), 'aé€😀');
equal(new TextDecoder().decode(), '');
equal(new TextDecoder().decode(new Uint8Array([97, 255, 98])), 'a\ufffdb');
fails(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])), 'TypeError');
equal(new TextDecoder('latin1').encoding, 'windows-1252');
equal(new TextDecoder('latin1').decode(new Uint8Array([0xe9, 0x80])), 'é€');
equal(new TextDecoder('utf-16le').decode(new Uint8Array([0x61, 0, 0x3d, 0xd8, 0, 0xde])), 'a😀');
equal(new TextDecoder('shift_jis').decode(new Uint8Array([0x82, 0xa0])), 'あ');
fails(() => new TextDecoder('nonsense'), 'RangeError');
fails(() => new TextDecoder().decode('text'), 'TypeError');
