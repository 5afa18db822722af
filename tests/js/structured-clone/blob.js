// Blobs are cloned with their type.

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

const blob = structuredClone(new Blob(['abc'], { type: 'a/b' }).slice(1, 3, 'c/d'));
equal(blob instanceof Blob, true);
equal(await blob.text(), 'bc');
equal(blob.type, 'c/d');
