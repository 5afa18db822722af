// btoa encodes Latin-1; atob is its inverse.

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

equal(btoa('Hello'), 'SGVsbG8=');
equal(atob('SGVsbG8='), 'Hello');
equal(btoa(''), '');
equal(atob(btoa('\x00\xff\x80')), '\x00\xff\x80');
equal(btoa(null), 'bnVsbA==');
fails(() => btoa('€'), 'InvalidCharacterError');
