// Values of every kind that can be cloned.

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

for (const value of [1, -0, NaN, 'x', true, null, undefined, 12n]) {
  equal(structuredClone(value), value);
}
equal(structuredClone(new Number(5)).valueOf(), 5);
equal(typeof structuredClone(new String('s')), 'object');
equal(structuredClone(new Boolean(false)).valueOf(), false);
equal(structuredClone(Object(3n)).valueOf(), 3n);
equal(structuredClone(new Date(1234)).getTime(), 1234);
const source = /a(b)\/c/gi;
source.lastIndex = 3;
const pattern = structuredClone(source);
equal(String(pattern), String(source));
equal(pattern.flags, 'gi');
equal(pattern.lastIndex, 0);
