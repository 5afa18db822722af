// Buffers are copied and views keep sharing theirs.

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

const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const source = {
  bytes,
  part: new Uint16Array(bytes.buffer, 2, 2),
  view: new DataView(bytes.buffer, 4, 3),
};
const clone = structuredClone(source);
equal(clone.bytes.join(), '1,2,3,4,5,6,7,8');
equal(clone.part.buffer, clone.bytes.buffer);
equal(clone.part.byteOffset, 2);
equal(clone.part.length, 2);
equal(clone.part instanceof Uint16Array, true);
equal(clone.view.byteLength, 3);
equal(clone.view.getUint8(0), 5);
clone.bytes[0] = 9;
equal(bytes[0], 1);
equal(structuredClone(new BigInt64Array([5n]))[0], 5n);
