// TextEncoder makes UTF-8; lone surrogates become U+FFFD.

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

const encoder = new TextEncoder();
equal(encoder.encoding, 'utf-8');
equal([...encoder.encode('aé€😀')].join(), '97,195,169,226,130,172,240,159,152,128');
equal([...encoder.encode('é')].join(), '195,169');
equal([...encoder.encode('\ud800')].join(), '239,191,189');
equal(encoder.encode().length, 0);
equal([...encoder.encode(12)].join(), '49,50');
equal(encoder.encode('') instanceof Uint8Array, true);
