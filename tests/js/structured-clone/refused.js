// What cannot be cloned is a DataCloneError.

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

const refused = [
  () => 1, Symbol('s'), { f() {} }, [Symbol('x')], new WeakMap(), Promise.resolve(),
  new Proxy({}, {}), new Map([[1, () => 1]]), Object(Symbol('o')),
];
for (const value of refused) fails(() => structuredClone(value), 'DataCloneError');
fails(() => structuredClone(), 'TypeError');
try {
  structuredClone(() => 1);
} catch (error) {
  equal(error instanceof DOMException, true);
  equal(error.code, 25);
}
