// slice() takes indexes as arrays do.

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

const blob = new Blob(['0123456789']);
equal(await blob.slice(2, 5).text(), '234');
equal(await blob.slice(-3).text(), '789');
equal(await blob.slice(-3, -1).text(), '78');
equal(await blob.slice(5, 2).text(), '');
equal(await blob.slice(8, 100).text(), '89');
equal(await blob.slice(2, 8).slice(1, 3).text(), '34');
equal(blob.slice(0, 1, 'A/b').type, 'a/b');
equal(blob.slice().size, 10);
