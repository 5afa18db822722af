// atob ignores white space and missing padding, and refuses the rest.

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

equal(atob(' S G V s\nbG8 '), 'Hello');
equal(atob('SGVsbG8'), 'Hello');
equal(atob('YR'), 'a');
equal(atob('YQ=='), 'a');
equal(atob(''), '');
for (const wrong of ['YQ=', 'Y', 'YQ===', '=', 'Y=Q=', 'YWJj=', 'a-b_', 'YWJjZ', '====']) {
  fails(() => atob(wrong), 'InvalidCharacterError');
}
