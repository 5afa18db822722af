// A transferred buffer moves.

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

const bytes = new Uint8Array([1, 2, 3]);
const clone = structuredClone({ bytes }, { transfer: [bytes.buffer] });
equal(clone.bytes.join(), '1,2,3');
equal(bytes.length, 0);
equal(bytes.buffer.byteLength, 0);
const name = 'DataCloneError';
fails(() => structuredClone(1, { transfer: [bytes.buffer] }), name);
const buffer = new ArrayBuffer(1);
fails(() => structuredClone(1, { transfer: [buffer, buffer] }), name);
fails(() => structuredClone(() => 1, { transfer: [buffer] }), name);
equal(buffer.byteLength, 1);
fails(() => structuredClone(bytes.buffer), name);
