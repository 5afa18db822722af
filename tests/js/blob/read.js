// A blob is read as a string or as a buffer.

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

const blob = new Blob([new Uint8Array([1, 2, 255])]);
const buffer = await blob.arrayBuffer();
equal(buffer instanceof ArrayBuffer, true);
equal([...new Uint8Array(buffer)].join(), '1,2,255');
new Uint8Array(buffer)[0] = 9;
equal(new Uint8Array(await blob.arrayBuffer())[0], 1);
let rejected = false;
await Blob.prototype.text.call({}).catch(() => { rejected = true; });
equal(rejected, true);
