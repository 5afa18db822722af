// Relative references are resolved against a base.

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

equal(new URL('../x?y', 'http://h/a/b/c').href, 'http://h/a/x?y');
equal(new URL('//o/p', 'https://h').href, 'https://o/p');
equal(new URL('ws://o/', 'https://h').href, 'ws://o/');
equal(new URL('#f', new URL('http://h/a')).href, 'http://h/a#f');
equal(URL.canParse('x', 'http://h'), true);
equal(URL.canParse('x'), false);
