// Errors keep their class, message and cause.

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

const error = structuredClone(new RangeError('m', { cause: { a: 1 } }));
equal(error instanceof RangeError, true);
equal(error.message, 'm');
equal(error.name, 'RangeError');
equal(error.cause?.a ?? 1, 1);
class Custom extends TypeError {}
equal(Object.getPrototypeOf(structuredClone(new Custom('x'))), TypeError.prototype);
const named = new Error('x');
named.name = 'Other';
equal(structuredClone(named).name, 'Error');
equal('message' in Object.getOwnPropertyDescriptors(structuredClone(new Error())), false);
