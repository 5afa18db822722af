// A File is a Blob with a name and a date.

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

const File = globalThis.File ?? (await import('node:buffer')).File;
const file = new File(['abc'], 'name.txt', { type: 'text/plain', lastModified: 1234.7 });
equal(file instanceof Blob, true);
equal(file.name, 'name.txt');
equal(file.size, 3);
equal(file.type, 'text/plain');
equal(file.lastModified, 1234);
equal(Math.abs(new File([], 'x').lastModified - Date.now()) < 1000, true);
equal(file.slice(0, 1) instanceof File, false);
fails(() => new File([]), 'TypeError');
