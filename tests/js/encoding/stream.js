// With stream, a character may lie across calls.

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

const decoder = new TextDecoder();
const bytes = new TextEncoder().encode('a€😀');
let text = '';
for (const byte of bytes) text += decoder.decode(new Uint8Array([byte]), { stream: true });
text += decoder.decode();
equal(text, 'a€😀');
equal(decoder.decode(bytes.subarray(0, 2), { stream: true }), 'a');
equal(decoder.decode(), '\ufffd');
equal(decoder.decode(bytes), 'a€😀');
