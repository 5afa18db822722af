// encodeInto() writes whole characters only.

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

const encoder = new TextEncoder();
function into(text, room) {
  const bytes = new Uint8Array(room);
  const { read, written } = encoder.encodeInto(text, bytes);
  return `${read} ${written} ${[...bytes]}`;
}
equal(into('abc', 2), '2 2 97,98');
equal(into('aé', 2), '1 1 97,0');
equal(into('aé', 3), '2 3 97,195,169');
equal(into('€x', 5), '2 4 226,130,172,120,0');
equal(into('😀', 3), '0 0 0,0,0');
equal(into('😀', 4), '2 4 240,159,152,128');
equal(into('\ud800', 3), '1 3 239,191,189');
const bytes = new Uint8Array(4);
encoder.encodeInto('zz', bytes.subarray(1, 2));
equal([...bytes].join(), '0,122,0,0');
fails(() => encoder.encodeInto('x', []), 'TypeError');
